import { shanghaiDay } from '../../lib/format/dates.js'
import { minuteOf } from '../../lib/working-days.js'
import { onceADay } from '../chore.js'
import { addDays } from '../leak/clock-days.js'
import { laterAll } from '../outbox.js'
import type { Work } from '../work.js'

/** The platform counts a day up in the small hours of the next: asked at two it says zeros. And not on the hour. */
const ASK_AT = 7 * 60 + 25
const WINDOW = 30
const KEPT = 180
/** Colleagues are asked for one after the other, so that a first day of many does not crowd out what people wait for. */
const APART_MS = 1_500

/**
 * Once a day: asks the platform how everybody who serves customers dealt with them, from where we know on until yesterday:
 * the first time 180 days in windows of 30, then the one day. What could not be had is asked for again the next day.
 */
export async function planBehaviour(work: Work): Promise<void> {
  const today = shanghaiDay(work.now)
  if (minuteOf(work.now) < ASK_AT || !(await onceADay(work, 'behaviour', today))) return
  const people = await work.tx.person.findMany({
    where: {
      leftAt: null,
      roles: { hasSome: ['rep', 'lead', 'manager'] },
      identities: { some: { platform: 'wecom', kind: 'member' } },
    },
    select: { id: true, behaviourState: { select: { toDay: true } } },
    orderBy: { id: 'asc' },
  })
  const oldest = addDays(today, -KEPT)
  await laterAll(
    work,
    people.flatMap(({ id, behaviourState }, i) => {
      const known = behaviourState?.toDay
      const first = known && known >= oldest ? addDays(known, 1) : oldest
      return windowsOf(first, addDays(today, -1)).map(({ from, to }) => ({
        kind: 'fetch-behaviour' as const,
        key: `fetch-behaviour:${id}:${from}:${today}`,
        lane: `behaviour:${id}`,
        payload: { personId: id, from, to },
        notBefore: new Date(work.now.getTime() + i * APART_MS),
        priority: -1,
      }))
    }),
  )
}

/** At most 30 days each, oldest first. Days are ISO, in Shanghai, both ends included. */
export function windowsOf(from: string, to: string): { from: string; to: string }[] {
  const windows = []
  for (let start = from; start <= to; start = addDays(start, WINDOW)) {
    const end = addDays(start, WINDOW - 1)
    windows.push({ from: start, to: end < to ? end : to })
  }
  return windows
}
