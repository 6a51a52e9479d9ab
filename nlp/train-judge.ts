import { createHash } from 'node:crypto'
import type { Labelled } from './data/read-turns.js'
import type { Slot } from './finding.js'
import { evidenceOf } from './keep.js'
import { type Evidence, putKeeper, type Scale } from './net/model.js'
import { putSpans, type Spans } from './net/spans.js'
import { learnSpans } from './train-spans.js'
import { hear } from './understand.js'

/** One labelled turn, as the judge sees it. */
export type Case = { evidence: Evidence; change: boolean; weight: number }

/** How strongly weights are held back, as a share of the cases; found by leaving out one set at a time. */
const HOLD = 0.004
/** A little more is heard than the likelier half: a change not heard costs more than one asked about; F1 is the same on either side. */
const LEAN = 0.1
/** Newton's method is there long before. */
const ROUNDS = 25

/** The rules were made while looking at these sets, so that they are surer there than anywhere else. */
const SEEN: Record<string, number> = { turns: 0.3, 'b2b-a': 0.6 }

export const toCase = ({ question, change, set }: Labelled): Case => ({
  evidence: hear(question).evidence,
  change,
  weight: SEEN[set] ?? 1,
})

const sameWords = (a: string | null, b: string | null) =>
  (a ?? '').replace(/[\s，、]+|的$/g, '') === (b ?? '').replace(/[\s，、]+|的$/g, '')
const isMeant = (said: Slot, slots: Slot[]) =>
  slots.some((slot) => slot.field === said.field && sameWords(slot.after, said.after))

/** Each value that was read in a turn, and whether its label holds it. */
export function toValues({ question, slots, set }: Labelled): Case[] {
  const { scene, candidates, around } = hear(question)
  return candidates
    .filter((p) => !p.same)
    .map((p) => ({
      evidence: evidenceOf(p, scene, candidates, around),
      change: isMeant(p, slots),
      weight: SEEN[set] ?? 1,
    }))
}

/** Turns of one talk are alike: they fall into one part. */
const talkOf = ({ id }: Labelled) => id.replace(/-?\d+$/, '')
const PARTS = 5

/**
 * What keeps values, learnt from all turns; and the cases of the judge, each heard with values kept by what has not seen
 * its talk: else the judge would think values surer than they will be.
 */
export function learn(turns: Labelled[]): { spans: Spans; keeper: Scale; cases: Case[] } {
  const talks = [...new Set(turns.map(talkOf))]
  const partOf = (turn: Labelled) => talks.indexOf(talkOf(turn)) % PARTS
  const parts = Array.from({ length: PARTS }, (_, part) => ({
    part,
    inside: turns.filter((turn) => partOf(turn) === part),
    spans: learnSpans(turns.filter((turn) => partOf(turn) !== part)),
  }))
  const values = parts.flatMap(({ part, inside, spans }) => {
    putSpans(spans)
    return inside.map((turn) => ({ part, cases: toValues(turn) }))
  })
  const fitWithout = (without: number) =>
    fitJudge(
      values.filter(({ part }) => part !== without).flatMap(({ cases }) => cases),
      0,
    )
  const cases = parts.flatMap(({ part, inside, spans }) => {
    putSpans(spans)
    putKeeper(fitWithout(part))
    return inside.map(toCase)
  })
  const spans = learnSpans(turns)
  const keeper = fitWithout(-1)
  putSpans(spans)
  putKeeper(keeper)
  return { spans, keeper, cases }
}

/** Logistic regression by Newton's method; deterministic. The last weight is the bias, which nothing holds back. */
export function fitJudge(cases: Case[], lean = LEAN): Scale {
  const names = [...new Set(cases.flatMap(({ evidence }) => Object.keys(evidence)))].sort()
  const place = new Map(names.map((name, i) => [name, i]))
  const rows = cases.map(({ evidence, change, weight }) => ({
    at: [...toPairs(evidence).map(([name, value]) => [place.get(name) ?? 0, value] as const), [names.length, 1] as const],
    meant: change ? 1 : 0,
    weight,
  }))
  const hold = HOLD * rows.reduce((sum, row) => sum + row.weight, 0)
  const weights = [...names.map(() => 0), 0]
  for (let round = 0; round < ROUNDS; round++) {
    const slope = weights.map((w, i) => (i < names.length ? hold * w : 0))
    const curve = weights.map((_, i) => weights.map((__, j) => (i === j ? (i < names.length ? hold : 1e-6) : 0)))
    for (const { at, meant, weight } of rows) {
      const p = 1 / (1 + Math.exp(-at.reduce((sum, [i, value]) => sum + (weights[i] ?? 0) * value, 0)))
      for (const [i, value] of at) {
        slope[i] = (slope[i] ?? 0) + weight * (p - meant) * value
        const row = curve[i] ?? []
        for (const [j, other] of at) row[j] = (row[j] ?? 0) + weight * p * (1 - p) * value * other
      }
    }
    for (const [i, step] of solve(curve, slope).entries()) weights[i] = (weights[i] ?? 0) - step
  }
  const tidy = (n: number | undefined) => Math.round((n ?? 0) * 1000) / 1000
  return {
    weights: Object.fromEntries(names.map((name, i) => [name, tidy(weights[i])])),
    bias: tidy((weights[names.length] ?? 0) + lean),
  }
}

const toPairs = (evidence: Evidence) => Object.entries(evidence).filter(([, value]) => value !== 0)

/** Gaussian elimination; the matrix is symmetric and positive, so that no row needs to be exchanged. */
function solve(matrix: number[][], target: number[]): number[] {
  const a = matrix.map((row, i) => [...row, target[i] ?? 0])
  for (const [i, row] of a.entries()) {
    const lead = row[i] ?? 1
    for (const below of a.slice(i + 1)) {
      const share = (below[i] ?? 0) / lead
      if (share === 0) continue
      for (let k = i; k < row.length; k++) below[k] = (below[k] ?? 0) - share * (row[k] ?? 0)
    }
  }
  const out = target.map(() => 0)
  for (let i = a.length - 1; i >= 0; i--) {
    const row = a[i] ?? []
    const known = out.reduce((sum, x, k) => (k > i ? sum + x * (row[k] ?? 0) : sum), 0)
    out[i] = ((row[a.length] ?? 0) - known) / (row[i] ?? 1)
  }
  return out
}

/** What a judge has learnt from: changes with the turns and with everything that reads them. */
export const hashOfCases = (cases: Case[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        cases.map(({ evidence, change }) => [toPairs(evidence).map(([name, value]) => [name, value.toFixed(3)]), change]),
      ),
    )
    .digest('hex')
