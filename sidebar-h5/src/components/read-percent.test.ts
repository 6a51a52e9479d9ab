import { expect, it } from 'vitest'
import { percentText, readPercent } from './read-percent.js'

it('a percentage has two places at most and ends at a hundred', () => {
  expect(['18.5', '１８.５％', '100', '100.01', '1.234', '', '五'].map(readPercent)).toEqual([
    1850,
    1850,
    10_000,
    null,
    null,
    null,
    null,
  ])
})

it('stands in the field as it was typed', () => {
  expect([1850, 10_000, 5, null].map(percentText)).toEqual(['18.5', '100', '0.05', ''])
})
