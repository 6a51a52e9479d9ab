import { expect, test } from 'vitest'
import type { Slot } from '../../../domain/message/message.contract.js'
import { labelAmong, needWords, valueAfter, valueBefore } from './slots.js'

const now = Date.parse('2026-11-21T10:00:00+08:00')
const slot = (part: Partial<Slot>): Slot => ({ field: 'quantity', item: null, before: null, after: null, ...part })

test('the new day says its weekday, the old one needn’t', () => {
  const delivery = slot({ field: 'delivery', before: '2026-12-17', after: '2026-11-27' })
  expect(valueBefore(delivery, now)).toBe('12月17日')
  expect(valueAfter(delivery, now)).toBe('11月27日 周五')
})

test('what was not said is nothing, and words stay words', () => {
  expect(valueBefore(slot({}), now)).toBeNull()
  expect(valueAfter(slot({ field: 'spec', after: 'M8/M10' }), now)).toBe('M8/M10')
  expect(valueAfter(slot({ field: 'delivery', after: '下下周' }), now)).toBe('下下周')
})

test('the product is named only where there is more than one', () => {
  const plate = slot({ item: '钢板' })
  expect(labelAmong(plate, [plate])).toBe('数量')
  expect(labelAmong(plate, [plate, slot({ item: '螺钉' })])).toBe('钢板 · 数量')
})

test('a new need is said in a line, in the customer’s own words where nothing could be read from them', () => {
  const slot = { before: null, item: null }
  const needed = [
    { ...slot, field: 'quantity' as const, item: '六角螺栓', after: '200 箱' },
    { ...slot, field: 'delivery' as const, after: '2026-11-27' },
  ]
  expect(needWords(needed, '…', Date.parse('2026-11-21T10:00:00+08:00'))).toBe('六角螺栓 200 箱，11月27日 周五')
  expect(needWords([], '照上次的\n再来一份', 0)).toBe('照上次的 再来一份')
  expect(needWords([], '很'.repeat(40), 0)).toBe(`${'很'.repeat(29)}…`)
})
