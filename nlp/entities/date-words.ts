import { type Day, fromDay } from './calendar.js'
import { readNumber } from './number.js'

/** `day` is the feast itself inside its days off; `bound` is set where the word holds it already (年前). */
export type Range = { a: Day; b: Day; bareDay?: boolean; past?: boolean; day?: Day; bound?: 'by' | 'after' }
export type Groups = Record<string, string | undefined>
export type Rule = { pattern: RegExp; read: (g: Groups, today: Day) => Range | null }

export const small = (text: string | undefined): number =>
  text === undefined ? Number.NaN : (readNumber(text, 0)?.value ?? Number.NaN)
export const on = (day: Day | null, more: Partial<Range> = {}): Range | null =>
  day === null ? null : { a: day, b: day, ...more }

export const MONTH = '(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])'
export const DAY_OF =
  '(?:3[01]|[12]\\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)'
export const YEAR = '(?<year>\\d{4}|\\d{2}|[零〇一二三四五六七八九]{4}|今|明|后|去|来)年(?:的)?'
export const WEEK = '(?:周|星期|礼拜)'
/** 今, 明, 27, 2027 … as a year. */
export function yearOf(word: string | undefined, today: Day): number | null {
  if (word === undefined) return null
  const here = fromDay(today).year
  const known: Record<string, number> = { 今: here, 明: here + 1, 来: here + 1, 后: here + 2, 去: here - 1 }
  const named = known[word]
  if (named !== undefined) return named
  const value = small(word)
  return value < 100 ? 2000 + value : value
}

export const dayNumber = (text: string | undefined): number =>
  text?.startsWith('廿') ? 20 + (text.length > 1 ? small(text.slice(1)) : 0) : small(text)
