import { describe, expect, it } from 'vitest'
import { isChange, KEYWORD, saysChange, scoreOf } from '../measures.js'
import { understand } from '../understand.js'
import { entitiesOf, readPhrases } from './read-entities.js'
import { readTurns } from './read-turns.js'

/** A floor, not an aim: what is understood today must not be lost by tomorrow's rule. `npm run nlp:eval` prints the figures. */
describe('labelled turns', () => {
  const judged = readTurns().map((turn) => ({
    turn,
    finding: understand(turn.question),
    keyword: KEYWORD.test(turn.question.text),
  }))

  it.each([
    ['turns', 0.96, 0.93],
    ['b2b-a', 0.92, 0.91],
    ['b2b-b', 0.83, 0.75],
  ])('%s keeps its precision and recall', (set, precision, recall) => {
    const part = judged.filter((j) => j.turn.set === set)
    const score = scoreOf(part, saysChange, isChange)
    expect(score.precision).toBeGreaterThan(precision)
    expect(score.recall).toBeGreaterThan(recall)
    // What the product comes from does not come near.
    expect(scoreOf(part, (j) => j.keyword, isChange).f1).toBeLessThan(0.35)
  })

  it('points only at words that are in the message', () => {
    for (const { turn, finding } of judged) {
      for (const { from, to } of finding.spans) {
        expect(from, turn.id).toBeLessThan(to)
        expect(to, turn.id).toBeLessThanOrEqual(turn.question.text.length)
      }
      for (const { words } of finding.signals) expect(words, turn.id).not.toBe('')
    }
  })

  it('reads the values of short phrases exactly', () => {
    for (const { text, entities } of readPhrases()) expect(entitiesOf(text), text).toEqual(entities)
  })

  it('labels are well formed: one id each, no change without a type, quiet turns without slots', () => {
    expect(new Set(judged.map((j) => j.turn.id)).size).toBe(judged.length)
    for (const { turn } of judged) {
      expect(turn.types.length > 0, turn.id).toBe(turn.change)
      if (!turn.change) expect(turn.slots, turn.id).toEqual([])
    }
  })
})
