import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Deal } from './finding.js'
import { normalize } from './normalize.js'
import { parsePaste } from './paste.js'
import { understand } from './understand.js'

const WORDS = [
  '数量',
  '交期',
  '预算',
  '改成',
  '加到',
  '再加',
  '推迟',
  '提前',
  '300套',
  '两百来箱',
  '下周五',
  '15号',
  '月底',
  '8万',
  '3万5',
  '一块',
  '五六',
  '百分之',
  '点',
  '万',
  '号',
  '九折',
  'M8*30',
  '7孔',
  '还是',
  '按原来的',
  '不要了',
  '可以吗',
  '什么价',
  '，',
  '。',
  '？',
  '\n',
  ' ',
  '😊',
  '：',
  '「',
  '」',
  '2026/11/20 14:03',
  '刘主任',
  '行',
  '换',
  '半',
  '几',
  '0',
  '-',
  '春节前',
  '月结30天',
]
const chat = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 6, unit: 'grapheme' })), { maxLength: 14 })
  .map((parts) => parts.join(''))
const turn = fc.record({ speaker: fc.constantFrom('customer' as const, 'rep' as const), text: chat })
const deal: fc.Arbitrary<Deal | null> = fc.option(
  fc.record({
    items: fc.array(
      fc.record({
        name: fc.oneof(fc.constantFrom('锁定钢板', '平垫', ''), fc.string({ maxLength: 8 })),
        spec: fc.option(fc.constantFrom('7孔', 'M8×30', '黑色', '', '(')),
        qty: fc.option(fc.integer({ min: 0, max: 1e6 })),
        unit: fc.option(fc.constantFrom('套', '箱', '', '*')),
      }),
      { maxLength: 3 },
    ),
    delivery: fc.option(fc.constantFrom('2026-12-17', '2026-12-01/2026-12-05', '下个月', '')),
    budget: fc.option(fc.integer({ min: 0, max: 1e9 })),
    terms: fc.option(fc.constantFrom('月结 30 天', '')),
  }),
)
const question = fc.record({
  text: chat,
  context: fc.array(turn, { maxLength: 4 }),
  deal,
  today: fc.constantFrom('2026-11-21', '2028-02-29', '1999-12-31', 'no date'),
})

describe('understand, whatever is said', () => {
  it('never throws, stays in its bounds, and points into the text', () => {
    fc.assert(
      fc.property(question, (q) => {
        const found = understand(q)
        expect(found.score).toBeGreaterThanOrEqual(0)
        expect(found.score).toBeLessThanOrEqual(1)
        for (const { from, to } of found.spans) {
          expect(from).toBeGreaterThanOrEqual(0)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(q.text.length)
        }
        if (!found.change) expect(found.slots).toEqual([])
        if (found.change) expect(found.types.length).toBeGreaterThan(0)
        for (const slot of found.slots) {
          expect(slot.before ?? slot.after).not.toBeNull()
          expect(slot.before).not.toBe(slot.after)
          expect(slot.item).not.toBe('')
        }
      }),
      { numRuns: 600 },
    )
  })

  it('gives the same answer to the same question and leaves the question as it was', () => {
    fc.assert(
      fc.property(question, (q) => {
        const copy = structuredClone(q)
        const first = understand(q)
        expect(q).toEqual(copy)
        expect(understand(q)).toEqual(first)
      }),
    )
  })
})

describe('normalize', () => {
  it('keeps every offset and has nothing left to do the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), chat, (a, b) => {
        const once = normalize(a + b)
        expect(once).toHaveLength((a + b).length)
        expect(normalize(once)).toBe(once)
      }),
    )
  })
})

describe('parsePaste, whatever is on the clipboard', () => {
  it('never throws and never loses a text', () => {
    fc.assert(
      fc.property(chat, (text) => {
        const { messages, unclear } = parsePaste(text, { reps: ['王磊'], contacts: ['刘主任'] }, '2026-11-21')
        expect(messages.length > 0).toBe(text.replace(/[\u200b\u200e\u200f\u2060\ufeff]/g, '').trim() !== '')
        for (const m of messages) expect(m.text).not.toBe('')
        for (const name of unclear) expect(messages.some((m) => m.name === name && m.speaker === null)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
