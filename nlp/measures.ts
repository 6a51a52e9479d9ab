import type { Labelled } from './data/read-turns.js'
import type { Finding, Slot } from './finding.js'

export type Judged = { turn: Labelled; finding: Finding; keyword: boolean }
export type Score = { precision: number; recall: number; f1: number }

/** What the product comes from: a keyword match. Everything is measured beside it, on the same turns. */
export const KEYWORD = /要|需要|改成/

export function scoreOf<T>(all: T[], said: (one: T) => boolean, meant: (one: T) => boolean): Score {
  const hits = all.filter((one) => said(one) && meant(one)).length
  const precision = hits / Math.max(1, all.filter(said).length)
  const recall = hits / Math.max(1, all.filter(meant).length)
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

/** 95 % of 1,000 resamples; a fixed little generator, so that two runs print the same. */
export function confidence<T>(all: T[], measure: (part: T[]) => number): [number, number] {
  let state = 20_261_121
  const draw = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return all[Math.floor((state / 2 ** 32) * all.length)] as T
  }
  const found = Array.from({ length: 1000 }, () => measure(Array.from(all, draw))).sort((a, b) => a - b)
  return [found[25] ?? 0, found[974] ?? 0]
}

export const isChange = (j: Judged) => j.turn.change
export const saysChange = (j: Judged) => j.finding.change

const squeeze = (words: string | null) => (words ?? '').replace(/[\s，、]+|的$/g, '')
export const keyOf = (slot: Slot) => [slot.field, squeeze(slot.before), squeeze(slot.after)].join('|')
const keys = (slots: Slot[]) => slots.map(keyOf).sort().join(' ; ')
/** Every slot of the turn, field, before and after, letter for letter but for blanks, commas and a last 的. */
export const slotsExact = ({ turn, finding }: Judged) => keys(turn.slots) === keys(finding.slots)
/** Fields whose values are numbers or days, or stand in few words; the others hold free wording. */
export const VALUED = new Set(['quantity', 'delivery', 'price', 'budget', 'terms'])
const items = (slots: Slot[]) =>
  slots
    .map((slot) => `${slot.field}|${squeeze(slot.item)}`)
    .sort()
    .join(' ; ')
/** The same goods in the same fields. */
export const itemsExact = ({ turn, finding }: Judged) => items(turn.slots) === items(finding.slots)
export const typesExact = ({ turn, finding }: Judged) => [...turn.types].sort().join() === [...finding.types].sort().join()

/** Slots one by one: a slot said that is meant is a hit. */
export function slotScore(all: Judged[], field?: string): Score & { meant: number } {
  let hits = 0
  let said = 0
  let meant = 0
  for (const { turn, finding } of all) {
    const of = (slots: Slot[]) => slots.filter((slot) => field === undefined || slot.field === field).map(keyOf)
    const wanted = of(turn.slots)
    const found = of(finding.slots)
    said += found.length
    meant += wanted.length
    hits += found.filter((key) => wanted.includes(key)).length
  }
  const precision = hits / Math.max(1, said)
  const recall = hits / Math.max(1, meant)
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall), meant }
}
