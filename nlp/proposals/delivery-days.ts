import chineseDays from 'chinese-days'
import { addMonths, type Day, fromDay, makeDay, parseIso, toDay, toIso } from '../entities/calendar.js'
import type { DurationEntity } from '../entities/entity.js'

/** The last day of an ISO date or range; `null` where the deal holds words or nothing. */
export const dayOf = (iso: string | null): Day | null => (iso === null ? null : parseIso(iso.split('/').at(-1) ?? iso))

/** The day that a date without month means beside the agreed one: 「15号改成25号」 keeps the month, 「提前到25号」 goes back. */
export function settleBareDay(iso: string, agreed: Day | null, direction: -1 | 0 | 1, today: Day): string {
  const said = parseIso(iso)
  if (said === null || agreed === null || iso.includes('/')) return iso
  const { day } = fromDay(said)
  const home = fromDay(agreed)
  const start = toDay(home.year, home.month, 1)
  let best: Day | null = null
  for (const months of [-2, -1, 0, 1, 2]) {
    const month = fromDay(addMonths(start, months))
    const candidate = makeDay(month.year, month.month, day)
    if (candidate === null || candidate < today) continue
    if ((direction < 0 && candidate >= agreed) || (direction > 0 && candidate <= agreed)) continue
    if (best === null || Math.abs(candidate - agreed) < Math.abs(best - agreed)) best = candidate
  }
  return best === null ? iso : toIso(best)
}

/** Whole months go by the calendar, 半个月 is fifteen days, working days skip the holidays. */
export function addLength(from: Day, e: DurationEntity): string {
  if (e.working) return chineseDays.findWorkday(Math.min(e.days, 400), toIso(from))
  return toIso(e.days % 30 === 0 && e.days < 360 ? addMonths(from, e.days / 30) : from + e.days)
}

export function shiftBy(agreed: Day, e: DurationEntity, sign: 1 | -1): string {
  if (e.working) return chineseDays.findWorkday(sign * Math.min(e.days, 400), toIso(agreed))
  return toIso(e.days % 30 === 0 && e.days < 360 ? addMonths(agreed, (sign * e.days) / 30) : agreed + sign * e.days)
}
