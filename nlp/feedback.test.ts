import { describe, expect, it } from 'vitest'
import { answerToCase, readFeedback, toUtterance } from './feedback.js'
import { readCorpus } from './net/corpus.js'
import { train } from './train.js'
import { fitJudge } from './train-judge.js'

/** As `GET /api/admin/labels` writes them: the question as it was understood, and the answer. */
const exported = [
  {
    id: '0199b8b0-0000-7000-8000-000000000001',
    text: '那就一样再来三十',
    context: [{ speaker: 'rep', text: '库存够的' }],
    deal: { items: [{ name: '水龙头', spec: null, qty: 100, unit: '个' }], delivery: '2026-12-20', budget: null, terms: null },
    today: '2026-11-21',
    change: true,
  },
  { id: '0199b8b0-0000-7000-8000-000000000002', text: '老规矩走', context: [], deal: null, today: '2026-11-21', change: false },
]
const lines = exported.map((row) => `${JSON.stringify(row)}\n`).join('')

describe('answers from the sidebar', () => {
  it('are read as they are exported', () => {
    const answers = readFeedback(lines, 'labels.ndjson')
    expect(answers.map(({ question, change }) => [question.text, change])).toEqual([
      ['那就一样再来三十', true],
      ['老规矩走', false],
    ])
    expect(answers[0]?.question.deal?.items[0]?.name).toBe('水龙头')
  })

  it('say where a line is wrong', () => {
    expect(() => readFeedback(`${lines}{"text":"a","today":"2026-11-21"}`, 'f')).toThrow(/^f:3: "change"/)
    expect(() => readFeedback('{"text":"a","change":true}', 'f')).toThrow(/^f:1: "today"/)
    expect(() => readFeedback('{', 'f')).toThrow(/^f:1: /)
  })

  it('teach the net a kind and the judge its evidence', () => {
    const answers = readFeedback(lines, 'f')
    expect(answers.map(toUtterance).map(({ kind }) => kind.split('/')[0])).toEqual(['change', 'quiet'])
    const few = readCorpus('change/').slice(0, 30)
    expect(train(few, answers.map(toUtterance))).toMatchObject({ feedback: 2 })
    const cases = answers.map(answerToCase)
    const judge = fitJudge(cases)
    const opinion = (i: number) =>
      Object.entries(cases[i]?.evidence ?? {}).reduce(
        (sum, [name, value]) => sum + (judge.weights[name] ?? 0) * value,
        judge.bias,
      )
    expect(opinion(0)).toBeGreaterThan(opinion(1))
    expect(fitJudge(cases)).toEqual(judge)
  })
})
