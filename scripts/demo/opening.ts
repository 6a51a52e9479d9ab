import { advance, createClock } from '../../lib/clock.js'
import { createDb } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { isWorkingDay, nextWorkingMorning } from '../../lib/working-days.js'

const NINE = 9 * 60
const [QUIET_ENDS, QUIET_BEGINS] = [8 * 60, 20 * 60 + 30]
const DAY_MS = 24 * 3_600_000

/**
 * The business time at which a demo begins that is first opened at `now`: at night and on days off the product keeps
 * quiet, and a visitor would wait in vain for what the demo shows. Null: now will do.
 */
export function demoOpening(now: Date): Date | null {
  const day = shanghaiDay(now)
  const minutes = (now.getTime() - Date.parse(`${day}T00:00:00+08:00`)) / 60_000
  if (isWorkingDay(day) && minutes >= QUIET_ENDS && minutes < QUIET_BEGINS) return null
  const today = isWorkingDay(day) && minutes < QUIET_ENDS
  return nextWorkingMorning(today ? new Date(now.getTime() - DAY_MS) : now, NINE)
}

/** Sets the clock of a database that nobody has used yet, and returns the business time when it was moved. */
export async function openDemo(databaseUrl: string, when: (now: Date) => Date | null = demoOpening): Promise<Date | null> {
  const db = createDb(databaseUrl, 1)
  try {
    if ((await db.person.count()) > 0) return null
    const now = await createClock({ production: false }).now(db)
    const opening = when(now)
    if (opening) await advance(db, opening.getTime() - now.getTime())
    return opening
  } finally {
    await db.$disconnect()
  }
}
