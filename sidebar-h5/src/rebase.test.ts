import { expect, it } from 'vitest'
import { rebase } from './rebase.js'

const level = (minutes: number, title: string, to = ['holder']) => ({
  wait: { from: 'last', minutes, counts: 'clock' },
  title,
  to,
})

it('fields that I left alone take what they saved, mine stay mine', () => {
  const base = { levels: [level(240, 'a'), level(240, 'b')] }
  const theirs = { levels: [level(240, 'a', ['lead']), level(360, 'b')] }
  const mine = { levels: [level(180, 'a'), level(240, 'c')] }
  expect(rebase(base, theirs, mine)).toEqual({ levels: [level(180, 'a', ['lead']), level(360, 'c')] })
})

it('what both changed is mine, to be seen and decided', () => {
  expect(rebase({ title: 'a' }, { title: 'theirs' }, { title: 'mine' })).toEqual({ title: 'mine' })
})

it('a list that grew on either side is taken whole', () => {
  const base = { levels: [level(1, 'a')] }
  const grown = { levels: [level(1, 'a'), level(2, 'b')] }
  expect(rebase(base, { levels: [level(9, 'a')] }, grown)).toEqual(grown)
  expect(rebase(base, grown, base)).toEqual(grown)
})

it('a wait of another kind is not mixed with the one before', () => {
  type Step = { wait: object }
  const base: Step = { wait: { from: 'last', minutes: 1, counts: 'clock' } }
  const theirs: Step = { wait: { from: 'last', minutes: 2, counts: 'clock' } }
  const mine: Step = { wait: { from: 'morning' } }
  expect(rebase(base, theirs, mine)).toEqual(mine)
  const other: Step = { wait: { from: 'target', days: 3, at: '09:30' } }
  expect(rebase(base, other, { wait: { from: 'last', minutes: 5, counts: 'clock' } } as Step)).toEqual({
    wait: { from: 'last', minutes: 5, counts: 'clock' },
  })
})
