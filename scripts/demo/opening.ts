import { advance, createClock } from '../../lib/clock.js'
import { createDb } from '../../lib/db.js'
import { quietUntil } from '../../simulator/quiet.js'

const HOUR_MS = 3_600_000

/**
 * The business time at which a demo begins that is first opened at `now`: at night and on days off the product keeps
 * quiet, and a visitor would wait in vain for what the demo shows. An hour into the next working day then, at nine, when
 * the morning's own cards are out. Null: now will do.
 */
export function demoOpening(now: Date): Date | null {
  const awake = quietUntil(now)
  return awake && new Date(awake.getTime() + HOUR_MS)
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
