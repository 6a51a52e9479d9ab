import { expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import type { Cast } from '../../test/factories/cast.js'
import { type Desk, useDesk } from '../../test/factories/quotes.js'
import { at, HOUR, inWork, NOW } from '../../test/factories/work.js'
import { giveCustomers } from './give-customers.js'
import { leave } from './leave.js'
import { listItems } from './list-items.js'
import { sweepLeft } from './sweep-left.js'
import { takeBack } from './take-back.js'

let cast: Cast
let desk: Desk
useDesk((made) => {
  ;({ cast, desk } = made)
})

const ownerOf = async (id: string) => (await cast.db.quote.findUniqueOrThrow({ where: { id } })).ownerId

it('open quotes of a leaver are their manager’s, and go along with the customer; taken back, they come back', async () => {
  const [sent, settled] = [await desk.sent('wmRenji'), await desk.sent('wmHuaqiang')]
  await cast.db.quote.update({ where: { id: settled.id }, data: { state: 'declined' } })
  const [wang, li, chen] = [await cast.personId('wanglei'), await cast.personId('lina'), await cast.personId('chenjing')]
  const lina = await cast.actor('lina')
  const handoverId = (await inWork(cast.db, (work) => leave(work, wang), at(HOUR))) as string
  expect([await ownerOf(sent.id), await ownerOf(settled.id)]).toEqual([li, wang])
  // Begun on a page that was still open.
  await cast.db.quote.update({ where: { id: sent.id }, data: { ownerId: wang } })
  expect(await inWork(cast.db, (work) => sweepLeft(work), at(HOUR))).toBe(1)
  expect(await inWork(cast.db, (work) => sweepLeft(work), at(HOUR))).toBe(0)
  expect(await ownerOf(sent.id)).toBe(li)
  const items = async () => listItems(cast.db, { handoverId, now: at(HOUR) })
  expect(await items()).toContainEqual({
    ...{ kind: 'quote', id: sent.id, page: `/quote/${sent.id}`, customer: sent.customer.name },
    words: `报价 ${sent.number} · ${sent.title}`,
    holder: expect.objectContaining({ id: li }),
  })
  const give = { personId: wang, customerIds: [sent.customer.id], toId: chen }
  const { batch } = await inWork(cast.db, (work) => giveCustomers(work, lina, give), at(2 * HOUR))
  expect(await ownerOf(sent.id)).toBe(chen)
  await inWork(cast.db, (work) => takeBack(work, lina, { personId: wang, batch }), at(2 * HOUR))
  expect(await ownerOf(sent.id)).toBe(li)
})

it('a customer who answers while the quote goes to a colleague makes neither fail', async () => {
  const sent = await desk.sent('wmRenji')
  const [wang, chen, lina] = [await cast.personId('wanglei'), await cast.personId('chenjing'), await cast.actor('lina')]
  await inWork(cast.db, (work) => leave(work, wang), at(HOUR))
  const give = { personId: wang, customerIds: [sent.customer.id], toId: chen }
  const gives: Promise<unknown>[] = []
  // As an answer does it: the quote first, then the reminders that end with it.
  await cast.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM quote WHERE id = ${sent.id}::uuid FOR UPDATE`
    gives.push(inWork(cast.db, (work) => giveCustomers(work, lina, give), at(2 * HOUR)))
    const waiting = () => cast.db.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    while ((await waiting()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    await tx.$queryRaw`SELECT 1 FROM reminder WHERE customer_id = ${sent.customer.id}::uuid FOR UPDATE`
  })
  await Promise.all(gives)
  expect(await ownerOf(sent.id)).toBe(chen)
})

it('a quote that waited for the leaver’s yes waits for who stands in, who holds its card', async () => {
  const quote = await desk.drafts('wmRenji')
  const [li, he, wang] = [await cast.personId('lina'), await cast.personId('heping'), await cast.personId('wanglei')]
  const [approvalId, cardId] = [newId(), newId()]
  const asked = { askedById: wang, askedAt: NOW, contentHash: 'x', findings: [] }
  await cast.db.quoteApproval.create({ data: { ...asked, id: approvalId, quoteId: quote.id } })
  const copies = { create: { id: newId(), personId: li, platform: 'wecom' } }
  const card = { id: cardId, kind: 'quote-approval', subject: `quote-approval:${approvalId}`, createdAt: NOW, copies }
  await cast.db.card.create({ data: card })
  await cast.db.person.update({ where: { id: li }, data: { managerId: he } })
  const handoverId = (await inWork(cast.db, (work) => leave(work, li), at(HOUR))) as string
  expect(await cast.db.cardCopy.count({ where: { cardId, personId: he } })).toBe(1)
  expect(await listItems(cast.db, { handoverId, now: at(HOUR) })).toContainEqual(
    expect.objectContaining({ kind: 'approval', words: `王磊的报价 ${quote.number} 等审批`, page: `/quote/${quote.id}` }),
  )
})
