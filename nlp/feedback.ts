import type { Question } from './finding.js'
import { viewOf } from './judge.js'
import type { Utterance } from './net/corpus.js'
import { SOME_DAY } from './net/corpus.js'
import { normalize } from './normalize.js'
import { readQuestion } from './read-question.js'
import type { Case } from './train-judge.js'
import { hear } from './understand.js'

/** A question that a rep has answered: 是变更 or 不是变更. */
export type Answer = { question: Question; change: boolean }

/** How much more an answer of this organisation's own weighs than a turn that came with the product. */
const OWN = 2

/**
 * The lines of `GET /api/admin/labels` (NDJSON): `{"id","text","context","deal","today","change"}`, the question as it was
 * understood and the rep's answer. Throws with file and line where one can't be read.
 */
export function readFeedback(lines: string, path: string): Answer[] {
  return lines
    .split('\n')
    .map((line, i) => ({ line, where: `${path}:${i + 1}` }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, where }) => {
      try {
        const row = JSON.parse(line) as { change?: unknown }
        const question = readQuestion(row)
        if (typeof row.change !== 'boolean') throw new Error('"change" must be true or false')
        return { question, change: row.change }
      } catch (error) {
        throw new Error(`${where}: ${error instanceof Error ? error.message : error}`)
      }
    })
}

/** What the net learns: that such words are a wish, of the kind it was likest to, or something quiet. */
export function toUtterance({ question, change }: Answer): Utterance {
  if (!change) return { text: question.text, kind: 'quiet/feedback' }
  const view = viewOf(normalize(question.text), SOME_DAY, { agreed: true })
  return { text: question.text, kind: `change/${view.kind === '' ? 'quantity' : view.kind}` }
}

/** What the judge learns: how such evidence was answered. */
export const answerToCase = ({ question, change }: Answer): Case => ({ evidence: hear(question).evidence, change, weight: OWN })
