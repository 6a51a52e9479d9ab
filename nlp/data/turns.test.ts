import { describe, expect, it } from 'vitest'
import { understand } from '../understand.js'
import { readTurns } from './read-turns.js'

/** A floor, not an aim: what is understood today must not be lost by tomorrow's rule. `npm run nlp:eval` prints the figures. */
describe('labelled turns', () => {
  const judged = readTurns().map((turn) => ({ turn, finding: understand(turn.question) }))

  /** Ours were learnt from; a and b were written by others who had not seen the rules. */
  it.each([
    ['ours', (id: string) => !id.startsWith('b2b-'), { precision: 0.95, recall: 0.93 }],
    ['b2b-a', (id: string) => id.startsWith('b2b-a'), { precision: 0.92, recall: 0.86 }],
    ['b2b-b', (id: string) => id.startsWith('b2b-b'), { precision: 0.79, recall: 0.74 }],
  ])('%s: keeps precision and recall', (_set, belongs, floor) => {
    const those = judged.filter((j) => belongs(j.turn.id))
    const said = those.filter((j) => j.finding.change)
    const hits = said.filter((j) => j.turn.change).length
    expect(hits / said.length).toBeGreaterThan(floor.precision)
    expect(hits / those.filter((j) => j.turn.change).length).toBeGreaterThan(floor.recall)
  })

  it('labels are well formed: one id each, no change without a type, quiet turns without slots', () => {
    expect(new Set(judged.map((j) => j.turn.id)).size).toBe(judged.length)
    for (const { turn } of judged) {
      expect(turn.types.length > 0, turn.id).toBe(turn.change)
      if (!turn.change) expect(turn.slots, turn.id).toEqual([])
    }
  })
})
