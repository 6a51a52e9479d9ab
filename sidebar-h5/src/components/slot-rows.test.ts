import { expect, test } from 'vitest'
import type { Slot } from '../../../domain/message/message.contract.js'
import { filledSlots, wantsCalendar } from './slot-rows.js'

const quantity: Slot = { field: 'quantity', item: null, before: '200 套', after: '300 套' }

test('rows without a new value are not sent, but a product may be dropped', () => {
  const rows = [
    { key: 'a', slot: { ...quantity, before: ' ', after: '' } },
    { key: 'b', slot: { ...quantity, before: '', after: ' 300 套 ' } },
  ]
  const dropped: Slot = { field: 'item', item: null, before: '垫片', after: null }
  const left = { key: 'c', slot: { ...quantity, after: '' } }
  expect(filledSlots([...rows, left, { key: 'd', slot: dropped }])).toEqual([
    { field: 'quantity', item: null, before: null, after: '300 套' },
    dropped,
  ])
})

test('only a field of days gets a calendar, and only while both halves are days', () => {
  const delivery: Slot = { field: 'delivery', item: null, before: '2026-12-17', after: null }
  expect(wantsCalendar(delivery)).toBe(true)
  expect(wantsCalendar({ ...delivery, after: '下下周' })).toBe(false)
  expect(wantsCalendar({ ...delivery, after: '2026-11-27/2026-12-01' })).toBe(false)
  expect(wantsCalendar(quantity)).toBe(false)
})
