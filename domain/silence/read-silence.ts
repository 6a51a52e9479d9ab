import { shanghaiDay } from '../../lib/format/dates.js'
import { isWorkingDay, type Week } from '../../lib/working-days.js'
import { sayPause, sayRhythm } from './say-rhythm.js'
import type { Silence } from './silence.contract.js'

/** Fewer days with a word from them are no rhythm yet, and a burst of one week isn't either. */
const DAYS_KNOWN = 5
const WORKING_DAYS_KNOWN = 10
/** So long without a word is nothing, however often they speak otherwise. */
const ALWAYS_FINE = 4
/** So many times their usual gap is much longer than it. */
const MUCH = 2.5

const DAY_MS = 24 * 3_600_000

export type Heard = {
  /** When they spoke: messages, calls in which they were heard. In any order, as often a day as it was. */
  spoke: Date[]
  /** What they said last waits for a word of ours: then it is we who are silent. */
  ourTurn: boolean
  /** Not followed up at all, or not before a day that was set. */
  closed: boolean
}

/**
 * Whether a customer is silent much longer than is their own way. Counted in the organisation's working days, so that a holiday
 * alone is no silence: 2.5 times the median gap between days on which they spoke, and longer than all their pauses but one (who
 * orders in bursts is silent between them every time). Once true it stays so until they speak, we owe a word, or they are closed.
 */
export function readSilence({ spoke, ourTurn, closed }: Heard, { now, week }: { now: Date; week: Week }): Silence | null {
  const last = Math.max(...spoke.map((at) => at.getTime()))
  if (ourTurn || closed || !(last <= now.getTime())) return null
  const rhythm = readRhythm(spoke, week)
  if (!rhythm) return null
  const today = dayStart(now.getTime())
  if (workingDays(dayStart(last), today, week, rhythm.patience + 1) <= rhythm.patience) return null
  // What holds them back is a pause like their longest, or a multiple of their usual gap; people count both by the calendar.
  const way = rhythm.inBursts ? sayPause(secondOf(rhythm.gaps)) : sayRhythm(medianOf(rhythm.gaps))
  const days = Math.round((today - dayStart(last)) / DAY_MS)
  return { name: '沉默', words: `${way}，已经 ${days} 天没消息`, since: new Date(last).toISOString() }
}

type Rhythm = {
  /** Working days that are still their way. */
  patience: number
  /** Many short gaps and now and then a long one. */
  inBursts: boolean
  /** Between days on which they spoke, by the calendar. */
  gaps: number[]
}

/** Null: too little is known. */
export function readRhythm(spoke: Date[], week: Week): Rhythm | null {
  const days = [...new Set(spoke.map((at) => dayStart(at.getTime())))].sort((a, b) => a - b)
  const between = days.slice(1).map((day, i) => {
    const before = days[i] ?? day
    return { calendar: Math.round((day - before) / DAY_MS), working: workingDays(before, day, week) }
  })
  // A word on a day off belongs to the working day before it: it makes no gap of its own.
  const gaps = between.map(({ working }) => working).filter((gap) => gap > 0)
  if (gaps.length + 1 < DAYS_KNOWN || gaps.reduce((sum, gap) => sum + gap, 0) < WORKING_DAYS_KNOWN) return null
  const much = Math.max(ALWAYS_FINE, Math.floor(medianOf(gaps) * MUCH))
  const pause = secondOf(gaps)
  return { patience: Math.max(much, pause), inBursts: pause > much, gaps: between.map(({ calendar }) => calendar) }
}

const ordered = (gaps: number[]) => [...gaps].sort((a, b) => a - b)
const secondOf = (gaps: number[]) => ordered(gaps).at(-2) ?? 0

function medianOf(gaps: number[]): number {
  const sorted = ordered(gaps)
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2
}

const dayStart = (at: number) => Date.parse(`${shanghaiDay(at)}T00:00:00+08:00`)

/** Working days after one day up to and with another, both as their first moment; no further than `most`. */
function workingDays(after: number, until: number, week: Week, most = Number.POSITIVE_INFINITY): number {
  let count = 0
  for (let day = after + DAY_MS; day <= until && count < most; day += DAY_MS) if (isWorkingDay(shanghaiDay(day), week)) count++
  return count
}
