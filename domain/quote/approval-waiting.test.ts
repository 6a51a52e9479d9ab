import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { createNewcomers } from '../../test/factories/newcomers.js'
import { makeProduct } from '../../test/factories/products.js'
import { draftLine, writtenDraft } from '../../test/factories/quote-drafts.js'
import { createDesk, type Desk } from '../../test/factories/quotes.js'
import { at, HOUR, inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { askApproval } from './ask-approval.js'
import { decideApproval } from './decide-approval.js'
import type { QuoteView } from './quote.contract.js'

/** Somebody is to let a quote pass, and nothing happens. NOW is a Monday at 10:00, working hours end at 18:00. */
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let desk: Desk
let quote: QuoteView
let asked: string
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  cast = await createCast(database.db)
  desk = createDesk(cast)
  const productId = await makeProduct(database.db, { name: '钢板', price: '113', cost: '90.4' })
  quote = await desk.saves(
    await desk.drafts('wmRenji'),
    writtenDraft([draftLine({ productId, name: '钢板', qty: '10', price: '100' })]),
  )
  const wang = await cast.actor('wanglei')
  asked = await inWork(cast.db, (work) => askApproval(work, wang, { quoteId: quote.id, note: null }))
})

const passes = (ms: number) => createNewcomers(cast).says(at(ms))
const told = async () => {
  const said = { reminder: { subject: `quote-approval:${asked}` }, state: 'said' as const, level: { gte: 0 } }
  const notices = await cast.db.notice.findMany({ where: said, include: { person: true }, orderBy: { level: 'asc' } })
  return notices.map(({ level, person }) => `${level} ${person.name}`)
}
const open = () => cast.db.reminder.count({ where: { subject: `quote-approval:${asked}`, state: 'open' } })

it('is said again to whoever may let it pass, after two working hours', async () => {
  await passes(1.9 * HOUR)
  expect(await told()).toEqual([])
  await passes(2.1 * HOUR)
  expect(await told()).toEqual(['0 李娜'])
})

it('is over with the yes', async () => {
  const lina = await cast.actor('lina')
  await inWork(cast.db, (work) => decideApproval(work, lina, { approvalId: asked, verdict: 'approve', note: null }), at(HOUR))
  expect(await open()).toBe(0)
  await passes(5 * HOUR)
  expect(await told()).toEqual([])
})

it('is over when the draft is another one: it has to be put anew', async () => {
  quote = await desk.saves(
    await desk.viewed(quote),
    writtenDraft([draftLine({ productId: null, name: '钢板', qty: '10', price: '99' })]),
  )
  expect(await open()).toBe(0)
})
