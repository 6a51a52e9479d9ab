import { readFileSync } from 'node:fs'
import type { Labelled } from './data/read-turns.js'
import { parseIso } from './entities/calendar.js'
import { extractEntities } from './entities/extract.js'
import { findMentions } from './goods.js'
import { SOME_DAY } from './net/corpus.js'
import {
  beginSights,
  endSights,
  PLACES,
  SPAN_SCALE,
  type Spans,
  stretches,
  stretchSights,
  type Token,
  tokensOf,
  WORDED,
  type Worded,
} from './net/spans.js'
import { normalize } from './normalize.js'
import { shuffle } from './shuffle.js'

/** One sentence and the stretch of it, in tokens, that holds a value. */
export type Example = { tokens: Token[]; from: number; to: number }

const ROUNDS = 14
const RATE = 0.25
/** Rare sights are held back, so that a sentence is not learnt by heart. */
const HOLD = 2e-3

function toExample(
  text: string,
  names: { from: number; to: number }[],
  span: { from: number; to: number },
  day = SOME_DAY,
): Example | null {
  const tokens = tokensOf(text, extractEntities(text, day), names)
  const from = tokens.findIndex((token) => token.from === span.from)
  const to = tokens.findIndex((token) => token.to === span.to)
  return from >= 0 && to >= from ? { tokens, from, to: to + 1 } : null
}

/** 「{沙发}的面料换成[科技布]吧」 */
function readLine(line: string): Example | null {
  let text = ''
  let opened = 0
  let span: { from: number; to: number } | null = null
  const names: { from: number; to: number }[] = []
  for (const char of line) {
    if (char === '[' || char === '{') opened = text.length
    else if (char === ']') span = { from: opened, to: text.length }
    else if (char === '}') names.push({ from: opened, to: text.length })
    else text += char
  }
  return span === null ? null : toExample(normalize(text), names, span)
}

export const readSpanCorpus = (field: Worded): Example[] =>
  readFileSync(new URL(`./corpus/spans/${field}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.includes('['))
    .flatMap((line) => readLine(line) ?? [])

const IGNORED = /[\s，、,]/
/** Where the labelled words stand in the message, blanks and pauses aside. */
function findWords(text: string, words: string): { from: number; to: number } | null {
  const sought = [...normalize(words).replace(/的$/, '')].filter((char) => !IGNORED.test(char)).join('')
  for (let from = 0; from < text.length; from++) {
    if (IGNORED.test(text.charAt(from))) continue
    let n = 0
    for (let at = from; at < text.length; at++) {
      if (IGNORED.test(text.charAt(at))) continue
      if (text.charAt(at) !== sought.charAt(n)) break
      if (++n === sought.length) return { from, to: at + 1 }
    }
  }
  return null
}

/** The labelled turns whose words stand in the message itself. */
export const toExamples = (field: Worded, turns: Labelled[]): Example[] =>
  turns.flatMap(({ question, slots }) => {
    const text = normalize(question.text)
    const names = findMentions(text, question.deal?.items ?? [])
    return slots.flatMap((slot) => {
      const at = slot.field === field && slot.after !== null ? findWords(text, slot.after) : null
      return at
        ? (toExample(
            text,
            names.filter((m) => m.to <= at.from || m.from >= at.to),
            at,
            parseIso(question.today) ?? SOME_DAY,
          ) ?? [])
        : []
    })
  })

/** Which stretch it is among all that it could be: a log-linear choice, learnt by steps of their own size for each weight. */
export function fitSpans(field: Worded, examples: Example[]): [number[], number[]] {
  const weights = new Float64Array(PLACES)
  const steps = new Float64Array(PLACES).fill(1e-2)
  const ready = examples.map(({ tokens, from, to }) => ({
    from,
    to,
    begin: tokens.map((_, i) => beginSights(tokens, i)),
    end: [...tokens, null].map((_, j) => endSights(tokens, j)),
    all: [...stretches(field, tokens)].map(([i, j]) => ({ i, j, sights: stretchSights(tokens, i, j) })),
  }))
  const sum = (sights: number[] = []) => sights.reduce((total, at) => total + (weights[at] as number), 0)
  for (let round = 0; round < ROUNDS; round++) {
    for (const { from, to, begin, end, all } of shuffle(ready, round + 1)) {
      const begins = begin.map((sights) => sum(sights))
      const ends = end.map((sights) => sum(sights))
      const scores = all.map(({ i, j, sights }) => (begins[i] as number) + (ends[j] as number) + sum(sights))
      const top = Math.max(...scores)
      const parts = scores.map((score) => Math.exp(score - top))
      const whole = parts.reduce((a, b) => a + b, 0)
      const slope = new Map<number, number>()
      const push = (sights: number[] = [], by: number) => {
        for (const at of sights) slope.set(at, (slope.get(at) ?? 0) + by)
      }
      const fromBegin = new Float64Array(begin.length)
      const fromEnd = new Float64Array(end.length)
      for (const [k, { i, j, sights }] of all.entries()) {
        const by = (i === from && j === to ? 1 : 0) - (parts[k] as number) / whole
        fromBegin[i] = (fromBegin[i] as number) + by
        fromEnd[j] = (fromEnd[j] as number) + by
        push(sights, by)
      }
      for (const [i, by] of fromBegin.entries()) push(begin[i], by)
      for (const [j, by] of fromEnd.entries()) push(end[j], by)
      for (const [at, by] of slope) {
        const g = by - HOLD * (weights[at] as number)
        steps[at] = (steps[at] as number) + g * g
        weights[at] = (weights[at] as number) + (RATE * g) / Math.sqrt(steps[at] as number)
      }
    }
  }
  const places: number[] = []
  const kept: number[] = []
  for (const [at, weight] of weights.entries()) {
    const short = Math.round(weight * SPAN_SCALE)
    if (short !== 0) {
      places.push(at)
      kept.push(short)
    }
  }
  return [places, kept]
}

export const learnSpans = (turns: Labelled[]): Spans =>
  Object.fromEntries(
    WORDED.map((field) => [field, fitSpans(field, [...readSpanCorpus(field), ...toExamples(field, turns)])]),
  ) as Spans
