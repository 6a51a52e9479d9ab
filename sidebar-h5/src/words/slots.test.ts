import { expect, test } from 'vitest'
import type { Slot } from '../../../domain/message/message.contract.js'
import { slotLabel, valueAfter, valueBefore } from './slots.js'

const now = Date.parse('2026-11-21T10:00:00+08:00')
const slot = (part: Partial<Slot>): Slot => ({ field: 'quantity', item: null, before: null, after: null, ...part })

test('days are said as people say them, the new one with its weekday', () => {
  const delivery = slot({ field: 'delivery', before: '2026-12-17', after: '2026-11-27' })
  expect(valueBefore(delivery, now)).toBe('12月17日')
  expect(valueAfter(delivery, now)).toBe('11月27日 周五')
})

test('a range is two days, and words stay words', () => {
  expect(valueAfter(slot({ after: '2026-11-27/2026-12-01' }), now)).toBe('11月27日 周五 至 12月1日 周二')
  expect(valueAfter(slot({ after: '300 套' }), now)).toBe('300 套')
  expect(valueAfter(slot({ after: 'M8/M10' }), now)).toBe('M8/M10')
  expect(valueBefore(slot({}), now)).toBeNull()
})

test('the product is named only where there is more than one', () => {
  const plate = slot({ item: '钢板' })
  expect(slotLabel(plate, [plate])).toBe('数量')
  expect(slotLabel(plate, [plate, slot({ item: '螺钉' })])).toBe('钢板 · 数量')
})
