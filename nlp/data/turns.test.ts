import { describe, expect, it } from 'vitest'
import { understand } from '../understand.js'
import { readTurns } from './read-turns.js'

/** A floor, not an aim: what is understood today must not be lost by tomorrow's rule. `npm run nlp:eval` prints the figures. */
describe('labelled turns', () => {
  const judged = readTurns().map((turn) => ({ turn, finding: understand(turn.question) }))

  it('keeps precision and recall', () => {
    const said = judged.filter((j) => j.finding.change)
    const hits = said.filter((j) => j.turn.change).length
    expect(hits / said.length).toBeGreaterThan(0.93)
    expect(hits / judged.filter((j) => j.turn.change).length).toBeGreaterThan(0.9)
  })

  it('labels are well formed: one id each, no change without a type, quiet turns without slots', () => {
    expect(new Set(judged.map((j) => j.turn.id)).size).toBe(judged.length)
    for (const { turn } of judged) {
      expect(turn.types.length > 0, turn.id).toBe(turn.change)
      if (!turn.change) expect(turn.slots, turn.id).toEqual([])
    }
  })
})
