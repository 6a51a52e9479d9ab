import { expect, it } from 'vitest'
import { parseIso } from './entities/calendar.js'
import { viewOf } from './judge.js'

// In a file of its own: the net must not have been asked anything before.
it('the first text that a process hears is understood like every later one', () => {
  const view = () => viewOf('数量加到300套', parseIso('2026-11-23') ?? 0, { agreed: true })
  const first = view()
  expect(first).toEqual(view())
  expect(first.kind).toBe('quantity')
})
