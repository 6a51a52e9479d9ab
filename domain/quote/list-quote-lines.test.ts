import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { createChain } from '../../test/factories/chain.js'
import { createDesk } from '../../test/factories/quotes.js'
import { at, HOUR, inWork, MINUTE, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { tellStory } from '../customer/tell-story.js'
import { makeContract } from './make-contract.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())

it('a customer’s story says what was offered for how much, who looked how far, and what became of it; to who sees it', async () => {
  const { cast } = await createChain(database.db)
  const desk = createDesk(cast)
  const quote = await desk.sent('wmRenji', { at: NOW })
  const link = await cast.db.quoteLink.findFirstOrThrow()
  const contactId = await cast.contactId('wmRenji')
  const visit = { id: newId(), linkId: link.id, viewer: 'x', number: 1, contactId, device: 'iPhone · 微信' }
  const times = { openedAt: at(MINUTE), lastAt: at(20 * MINUTE), opens: 2, stoppedAt: 'terms' }
  await cast.db.quoteVisit.create({ data: { ...visit, ...times } })
  const answerId = await desk.answers(quote, 'accept')
  await cast.db.quoteAnswer.update({ where: { id: answerId }, data: { at: at(30 * MINUTE), name: '刘芳' } })
  const actor = await cast.actor('wanglei')
  await inWork(cast.db, (work) => makeContract(work, actor, quote.id), at(HOUR))

  const story = async (by: string) => {
    const { personId: id, name, roles } = await cast.actor(by)
    const me = { id, name, roles, organisation: '永固', platform: 'wecom' as const }
    const { reminded } = await tellStory(cast.db, await cast.actor(by), { contactId, me, hears: 'archive', now: at(HOUR) })
    const quotes = reminded.filter(({ what, page }) => what === 'outside-quote' || page === `/quote/${quote.id}`)
    return quotes.map(({ what, people, title }) => [what, people, title])
  }
  const lead = { id: newId(), title: '钢板', customerId: quote.customer.id, ownerId: actor.personId, createdAt: NOW }
  const { number } = await cast.db.opportunity.create({ data: lead })
  const said = { id: newId(), opportunityId: lead.id, totalFen: 8_500_000n, at: at(-HOUR) }
  await cast.db.outsideQuote.createMany({
    data: [
      { ...said, state: 'confirmed' },
      { ...said, id: newId(), messageId: newId(), state: 'proposed' },
    ],
  })
  const contract = await cast.db.contract.findFirstOrThrow()
  const called = `报价 ${quote.number}`
  expect(await story('wanglei')).toEqual([
    ['contract-made', ['王磊'], `合同 ${contract.number} · 8 万`],
    ['quote-accept', ['刘芳'], called],
    ['quote-opened', ['刘主任'], `${called} · 停在付款条款 · 第 2 次 · iPhone · 微信`],
    ['quote-sent', ['王磊'], `${called} · 8 万`],
    ['outside-quote', ['王磊'], `商机 ${number} · 8.5 万`],
  ])
  // 陈静 knows the contact, and neither the customer nor the quote is hers.
  const follow = { contactId, personId: await cast.personId('chenjing'), since: NOW }
  await cast.db.follow.create({ data: follow })
  expect(await story('chenjing')).toEqual([])
})
