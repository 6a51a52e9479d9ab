import { expect, it } from 'vitest'
import { explainKind } from './explain.js'

const asked = { today: '2026-11-23', kind: 'quantity' }

it('says in words that a person can read which characters spoke for a change of quantity', () => {
  const grams = explainKind('数量加到300套', asked)
  expect(grams).toHaveLength(5)
  expect(grams.join('')).toMatch(/加|〈数量〉/)
})

it('shows no sign of its own making, whatever stands in the text', () => {
  const all = explainKind('交期改到12月5号，三天内到，预算8万，打九折，M8*30 的 200 套，月结30天，就 5', asked, 200)
  expect(all.length).toBeGreaterThan(5)
  expect(all.join('')).not.toMatch(/[①-⒛^$]/)
})

it('has nothing to say of a kind that the net does not know', () => {
  expect(explainKind('数量加到300套', { ...asked, kind: '' })).toEqual([])
})
