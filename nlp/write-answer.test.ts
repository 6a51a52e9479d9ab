import { describe, expect, it } from 'vitest'
import type { Finding, Slot } from './finding.js'
import { writeAnswer } from './write-answer.js'

const finding = (slots: Slot[]): Finding => ({
  change: true,
  score: 0.9,
  types: ['功能增减'],
  slots,
  signals: [{ name: '比价', words: '别家' }],
  spans: [],
  why: { rules: 1, net: 0, kind: 'quantity' },
})
const write = (field: Slot['field'], before: string | null, after: string | null) => {
  const [slot] = writeAnswer(finding([{ field, item: '托盘', before, after }])).slots
  return [slot?.before, slot?.after]
}

describe('a finding as it leaves the program', () => {
  it.each([
    ['quantity', '200 套', '300 套', '200套', '300套'],
    ['quantity', null, '350-400 个', null, '350-400个'],
    ['quantity', '0.5 吨', '三十几套', '0.5吨', '三十几套'],
    ['quantity', '300', '45', '300', '45'],
    ['price', null, '35.5', null, 35.5],
    ['budget', '85000', '80000', 85000, 80000],
    ['budget', '85000', '80000-90000', 85000, '80000-90000'],
    ['price', null, '-0.2', null, '-0.2'],
    ['price', null, '+5', null, '+5'],
    ['price', null, '九五折', null, '九五折'],
    ['delivery', '2026-12-01', '2026-12-03/2026-12-05', '2026-12-01', '2026-12-03/2026-12-05'],
    ['delivery', null, '先发100 套', null, '先发100 套'],
    ['spec', 'M8 30', '1.4', 'M8 30', '1.4'],
    ['item', null, '托盘', null, '托盘'],
  ] as const)('%s %s → %s is written %s → %s', (field, before, after, ...written) => {
    expect(write(field, before, after)).toEqual(written)
  })

  it('names signals and leaves out what only our own screens show', () => {
    expect(writeAnswer(finding([]))).toEqual({ change: true, score: 0.9, types: ['功能增减'], slots: [], signals: ['比价'] })
  })
})
