import { expect, it } from 'vitest'
import { type Cast, delivery, quantity } from '../../test/factories/cast.js'
import { type Desk, useDesk } from '../../test/factories/quotes.js'
import { at, HOUR, inWork } from '../../test/factories/work.js'
import { undoChange } from '../requirement/undo-change.js'
import { editQuote } from './edit-quote.js'
import type { QuoteView } from './quote.contract.js'

let cast: Cast
let desk: Desk
useDesk((made) => {
  ;({ cast, desk } = made)
})

const edits = async (quote: QuoteView) => {
  const actor = await cast.actor('wanglei')
  return inWork(cast.db, (work) => editQuote(work, actor, quote.id), at(2 * HOUR))
}

it('改一版 begins with what was sent, and what the customer changed since then is written in', async () => {
  await cast.captures('wmRenji', { slots: [quantity('250套', '200套')], at: at(-HOUR) })
  const quote = await desk.sent()
  await cast.captures('wmRenji', { slots: [quantity('300 套', '250套'), delivery('2026-12-11')], at: at(HOUR) })
  const { draft, draftRev } = await edits(quote)
  expect(draft?.lines).toMatchObject([{ id: quote.versions[0]?.content.lines[0]?.id, qty: '300', price: '400' }])
  expect(draft?.terms).toMatchObject({ delivery: '12月11日 周五前交货', payment: '到货验收后 30 天付款' })
  // A second tap is the first one.
  expect((await edits(quote)).draftRev).toBe(draftRev)
})

it('another quantity is at the price of its step, where the price followed the books; what was agreed stays', async () => {
  const quote = await desk.sent()
  await cast.db.product.updateMany({ data: { price: '390' } })
  await cast.captures('wmRenji', { slots: [quantity('300套', '200套')], at: at(HOUR) })
  expect((await edits(quote)).draft?.lines).toMatchObject([{ qty: '300', price: '390' }])
  const agreed = await desk.drafts('wmRenji', { at: at(3 * HOUR) })
  const [line] = agreed.draft?.lines ?? []
  if (!line) throw new Error('no line')
  const sent = await desk.sends(await desk.saves(agreed, { lines: [{ ...line, price: '450' }] }), { at: at(3 * HOUR) })
  await cast.captures('wmRenji', { slots: [quantity('310套', '300套')], at: at(4 * HOUR) })
  expect((await edits(sent)).draft?.lines).toMatchObject([{ qty: '310', price: '450' }])
})

it('a change that was taken back, of goods that are not on it, or in another unit changes nothing', async () => {
  const quote = await desk.sent()
  const change = await cast.captures('wmRenji', { slots: [quantity('300套')], at: at(HOUR) })
  const actor = await cast.actor('wanglei')
  await inWork(cast.db, (work) => undoChange(work, actor, change), at(HOUR))
  await cast.captures('wmRenji', { slots: [quantity('9箱'), quantity('7套', null, '膨胀螺栓')], at: at(HOUR) })
  expect((await edits(quote)).draft?.lines).toMatchObject([{ qty: '200' }])
})
