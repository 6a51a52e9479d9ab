import { expect, it } from 'vitest'
import { isOurTurn } from './is-our-turn.js'

const said = (minute: number, text: string | null) => ({ at: new Date(Date.UTC(2026, 10, 23, 2, minute)), text })

it.each([
  ['什么时候能到？'],
  ['报价发我一份'],
  ['数量加到300套'],
  ['好的，那价格呢'],
  ['好的？'],
  ['行，周五前能到吗'],
  [''],
  [null],
])('%j unanswered is ours to answer', (text) => {
  expect(isOurTurn(said(2, text), said(1, '您看还有调整吗'))).toBe(true)
  expect(isOurTurn(said(2, text), null)).toBe(true)
  expect(isOurTurn(said(2, text), said(3, '能到的，周四发货'))).toBe(false)
})

it.each([
  ['好的'],
  ['好的好的，谢谢！'],
  ['嗯嗯'],
  ['OK'],
  ['收到，辛苦了🙏'],
  ['[抱拳]'],
  ['好，那先这样，有需要再联系您'],
  ['好嘞👌🏻'],
])('%s leaves nothing to answer', (text) => {
  expect(isOurTurn(said(2, text), said(1, '周四发货，单号发您微信了'))).toBe(false)
})

it.each([['稍等，我问一下'], ['我这边先查下库存'], ['价格我请示一下，明天给您答复'], ['好的，我确认一下马上给您']])(
  '%s: we said that we would come back',
  (text) => {
    expect(isOurTurn(said(1, '能便宜点吗'), said(2, text))).toBe(true)
    expect(isOurTurn(said(3, '好的'), said(2, text))).toBe(true)
  },
)

it('a call that was talked answers, a call of theirs that nobody took does not', () => {
  expect(isOurTurn(said(5, null), said(5, null))).toBe(false)
  expect(isOurTurn(said(5, null), said(4, '周四发货'))).toBe(true)
})

it('nobody said anything: nobody owes anything', () => {
  expect(isOurTurn(null, null)).toBe(false)
  expect(isOurTurn(null, said(1, '在吗王总，新品册子发您看看'))).toBe(false)
})

it('takes no longer for words made to be slow', () => {
  expect(isOurTurn(said(2, `${'[好]'.repeat(5_000)}价`), null)).toBe(true)
  expect(isOurTurn(said(2, `${'好的谢谢'.repeat(5_000)}价`), null)).toBe(true)
})
