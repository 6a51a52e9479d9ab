import { readFileSync } from 'node:fs'
import type { Entity } from '../entities/entity.js'
import { MASK } from './features.js'

/** Fields whose values are words: where they begin and end in a sentence is learnt (`train-spans.ts`). */
export type Worded = 'spec' | 'terms' | 'other' | 'item'
export const WORDED: Worded[] = ['spec', 'terms', 'other', 'item']

/** A character, or a value, a name or a foreign word that counts as one. */
export type Token = { sign: number; from: number; to: number }

const code = (sign: string) => sign.charCodeAt(0)
const NAME = code('⒤')
const WORD = code('ⓦ')
const DIGITS = code('⓪')
const COMMA = code('，')
const ASK = code('？')
const EDGE = code('^')

/** What the model sees of a normalized text: `names` are stretches that name goods. */
export function tokensOf(text: string, entities: Entity[], names: { from: number; to: number }[]): Token[] {
  const out: Token[] = []
  let e = 0
  for (let at = 0; at < text.length; ) {
    while (e < entities.length && (entities[e] as Entity).to <= at) e++
    const entity = entities[e]
    if (entity && entity.from === at && !(entity.kind === 'quantity' && entity.article)) {
      out.push({ sign: code(MASK[entity.kind]), from: at, to: entity.to })
      at = entity.to
      continue
    }
    const name = names.find(({ from }) => from === at)
    if (name && !entities.some((one) => one.from < name.to && name.from < one.to)) {
      out.push({ sign: NAME, from: at, to: name.to })
      at = name.to
      continue
    }
    const word = /^(?:[a-zA-Z][a-zA-Z&-]*|\d+)/.exec(text.slice(at, at + 16))?.[0]
    const to = at + (word?.length ?? 1)
    const char = text.charAt(at)
    if (word) out.push({ sign: char >= '0' && char <= '9' ? DIGITS : WORD, from: at, to })
    else if (/[?？]/.test(char)) out.push({ sign: ASK, from: at, to })
    else if (/[\s，。！；、：,.!;:~…\-"“”'‘’【】[\]]/.test(char)) {
      if (out.at(-1)?.sign !== COMMA) out.push({ sign: COMMA, from: at, to })
    } else out.push({ sign: code(char), from: at, to })
    at = to
  }
  return out
}

/** Weights lie in a table by a hash of what is seen; two sights in one place are rare enough. */
export const PLACES = 1 << 16
const place = (kind: number, a: number, b = 0, c = 0): number => {
  let h = Math.imul(kind + 1, 0x9e3779b1) ^ a
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b) ^ b
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) ^ c
  h = Math.imul(h ^ (h >>> 16), 0x27d4eb2f)
  return (h ^ (h >>> 15)) & (PLACES - 1)
}

const signAt = (tokens: Token[], i: number): number => tokens[i]?.sign ?? EDGE

/** What stands around the place before token `i`, where a value may begin. */
export function beginSights(tokens: Token[], i: number): number[] {
  const [l3, l2, l1, r1, r2] = [
    signAt(tokens, i - 3),
    signAt(tokens, i - 2),
    signAt(tokens, i - 1),
    signAt(tokens, i),
    signAt(tokens, i + 1),
  ]
  return [place(0, l1), place(1, l2, l1), place(2, l3, l2, l1), place(3, r1), place(4, r1, r2), place(5, l1, r1)]
}

/** The same for the place before token `j`, where it may end. */
export function endSights(tokens: Token[], j: number): number[] {
  const [l2, l1, r1, r2, r3] = [
    signAt(tokens, j - 2),
    signAt(tokens, j - 1),
    signAt(tokens, j),
    signAt(tokens, j + 1),
    signAt(tokens, j + 2),
  ]
  return [place(6, l1), place(7, l2, l1), place(8, r1), place(9, r1, r2), place(10, r1, r2, r3), place(11, l1, r1)]
}

const BUCKETS = [1, 2, 3, 4, 6, 9, 14, 99]

/** What is seen of the stretch itself. */
export function stretchSights(tokens: Token[], i: number, j: number): number[] {
  const length = BUCKETS.findIndex((most) => j - i <= most)
  let masks = 0
  let commas = 0
  for (let k = i; k < j; k++) {
    const sign = signAt(tokens, k)
    if (sign >= 0x2474 && sign <= 0x247f) masks++
    if (sign === COMMA) commas++
  }
  const alone = (i === 0 || signAt(tokens, i - 1) === COMMA) && (j === tokens.length || signAt(tokens, j) === COMMA)
  return [
    place(12, length),
    place(13, Math.min(masks, 4)),
    place(14, Math.min(commas, 4)),
    place(15, alone ? 1 : 2),
    place(16, length, masks > 0 ? 1 : 2),
  ]
}

/** How long a value may be, and whether a pause may stand in it. */
const SHAPE: Record<Worded, { longest: number; pauses: boolean }> = {
  spec: { longest: 12, pauses: false },
  item: { longest: 10, pauses: false },
  other: { longest: 22, pauses: false },
  terms: { longest: 30, pauses: true },
}

/** Every stretch that may hold a value of this field. */
export function* stretches(field: Worded, tokens: Token[], from = 0): Generator<[number, number]> {
  const { longest, pauses } = SHAPE[field]
  for (let i = from; i < tokens.length; i++) {
    const first = signAt(tokens, i)
    if (first === COMMA || first === ASK) continue
    for (let j = i + 1; j <= tokens.length && j - i <= longest; j++) {
      const last = signAt(tokens, j - 1)
      if (last === ASK || (last === COMMA && !pauses)) break
      if (last !== COMMA) yield [i, j]
    }
  }
}

/** For each field, which places of its table hold which weights. */
export type Spans = { [field in Worded]: [number[], number[]] }
export const spansUrl = new URL('../model/spans.json', import.meta.url)
/** Weights on disk are in hundredths. */
export const SPAN_SCALE = 100

const tables = new Map<Worded, Float32Array>()
export function putSpans(saved: Spans): void {
  for (const field of WORDED) {
    const table = new Float32Array(PLACES)
    const [places, weights] = saved[field]
    for (const [k, at] of places.entries()) table[at] = (weights[k] ?? 0) / SPAN_SCALE
    tables.set(field, table)
  }
}
const tableOf = (field: Worded): Float32Array => {
  if (!tables.has(field)) putSpans(JSON.parse(readFileSync(spansUrl, 'utf8')) as Spans)
  return tables.get(field) as Float32Array
}

function sum(table: Float32Array, sights: number[]): number {
  let total = 0
  for (let k = 0; k < sights.length; k++) total += table[sights[k] as number] as number
  return total
}

/** The likeliest stretch, and how likely it is beside all others. `from` is the first token that may belong to it. */
export function findSpan(field: Worded, tokens: Token[], from = 0): { from: number; to: number; sure: number } | null {
  const table = tableOf(field)
  const begin = tokens.map((_, i) => (i < from ? 0 : sum(table, beginSights(tokens, i))))
  const end = [
    ...tokens.map((_, j) => (j < from ? 0 : sum(table, endSights(tokens, j)))),
    sum(table, endSights(tokens, tokens.length)),
  ]
  let best: [number, number] | null = null
  let top = Number.NEGATIVE_INFINITY
  let total = 0
  for (const [i, j] of stretches(field, tokens, from)) {
    const score = (begin[i] as number) + (end[j] as number) + sum(table, stretchSights(tokens, i, j))
    total += Math.exp(score)
    if (score > top) {
      top = score
      best = [i, j]
    }
  }
  const first = best && tokens[best[0]]
  const last = best && tokens[best[1] - 1]
  return first && last ? { from: first.from, to: last.to, sure: Math.exp(top) / total } : null
}
