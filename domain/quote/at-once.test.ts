import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { createSecrets } from '../../lib/secret.js'
import type { Cast } from '../../test/factories/cast.js'
import { createChain } from '../../test/factories/chain.js'
import { createDesk, type Desk } from '../../test/factories/quotes.js'
import { at, HOUR, inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { answerQuote } from '../quote-answer/answer-quote.js'
import { editQuote } from './edit-quote.js'
import type { QuoteView } from './quote.contract.js'
import { withdrawQuote } from './withdraw-quote.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let desk: Desk
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  ;({ cast } = await createChain(database.db))
  desk = createDesk(cast)
})

const phones = createSecrets('a'.repeat(32), 'contact-phone')
/** The customer confirms on their page. */
const accepts = async (token: string) => {
  const input = { kind: 'accept' as const, requestId: newId(), name: '刘芳', phone: '13911112222', signature: null }
  const from = { viewer: 'v', contactId: null, ip: '1.2.3.4', device: 'iPhone' }
  const read = async () => ({ types: [], slots: [], requirementId: null })
  return inWork(cast.db, (work) => answerQuote(work, { token, input, from, phones, read }), at(HOUR))
}
const stateOf = async ({ id }: QuoteView) => (await cast.db.quote.findUniqueOrThrow({ where: { id } })).state

it('a customer who confirms while a newer version is sent either confirmed or is told, never both, whoever comes first', async () => {
  for (let round = 0; round < 4; round++) {
    const quote = await desk.sent()
    const token = await desk.token(quote)
    const actor = await cast.actor('wanglei')
    const open = await inWork(cast.db, (work) => editQuote(work, actor, quote.id))
    const both = round % 2 ? [desk.sends(open), accepts(token)] : [accepts(token), desk.sends(open)]
    const [one, other] = await Promise.allSettled<unknown>(both)
    expect([one?.status, other?.status].sort()).toEqual(['fulfilled', 'rejected'])
    const versions = await cast.db.quoteVersion.count({ where: { quoteId: quote.id } })
    expect([await stateOf(quote), versions]).toEqual((await stateOf(quote)) === 'accepted' ? ['accepted', 1] : ['sent', 2])
  }
})

it('a withdrawal while the customer confirms: one of the two holds', async () => {
  for (let round = 0; round < 4; round++) {
    const quote = await desk.sent()
    const token = await desk.token(quote)
    const actor = await cast.actor('wanglei')
    const withdraws = () => inWork(cast.db, (work) => withdrawQuote(work, actor, { quoteId: quote.id, words: null }), at(HOUR))
    const both = round % 2 ? [withdraws(), accepts(token)] : [accepts(token), withdraws()]
    const ends = await Promise.allSettled<unknown>(both)
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const accepted = await cast.db.quoteAnswer.count({ where: { quoteId: quote.id, kind: 'accept' } })
    expect(await stateOf(quote)).toBe(accepted ? 'accepted' : 'withdrawn')
  }
})

it('two devices that confirm at once are one confirmation', async () => {
  const quote = await desk.sent()
  const token = await desk.token(quote)
  const ends = await Promise.allSettled([accepts(token), accepts(token)])
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await cast.db.quoteAnswer.count({ where: { quoteId: quote.id, kind: 'accept' } })).toBe(1)
})
