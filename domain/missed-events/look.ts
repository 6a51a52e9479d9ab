import { minuteOf } from '../../lib/working-days.js'
import { onceADay } from '../chore.js'
import { later } from '../outbox.js'
import type { Work } from '../work.js'

const EVERY_MS = 3 * 60 * 60_000
/** When people work, by the clock of Shanghai: four looks a day, for each is paid out of the organisation's month. */
const FROM = 8 * 60
const UNTIL = 20 * 60

/** What DingTalk told while no server of ours answered stands in a list of its own; it tries for less than a minute. */
export async function lookForMissedEvents(work: Work): Promise<void> {
  const minute = minuteOf(work.now)
  if (minute < FROM || minute >= UNTIL) return
  const slot = new Date(Math.floor(work.now.getTime() / EVERY_MS) * EVERY_MS).toISOString()
  if (await onceADay(work, 'missed-events', slot)) await readMissed(work, { slot, page: 0 })
}

/** One page of them; the next is a row of its own. */
export const readMissed = (work: Work, page: { slot: string; page: number }): Promise<void> =>
  later(work, {
    kind: 'fetch-missed-events',
    key: `fetch-missed-events:${page.slot}:${page.page}`,
    lane: 'missed-events',
    payload: page,
  })
