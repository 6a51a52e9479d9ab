import { wakeNurtured } from '../domain/first-contact/wake-nurtured.js'
import { sayDue } from '../domain/reminders/say-due.js'
import { sayWaiting } from '../domain/reminders/say-waiting.js'
import { type Deps, runWork } from '../domain/work.js'
import { newTrace } from '../lib/ids.js'

const BATCH = 200
const HORIZON_MS = 3_600_000

/** Says what is due. Rung for each second in which something is, and a timer in every worker; all may look at once. */
export async function plan(deps: Deps): Promise<void> {
  // Who comes back today has a reminder that may be due at once.
  for (const say of [wakeNurtured, sayDue, sayWaiting]) {
    for (;;) {
      const said = await runWork(deps, newTrace(), (work) => say(work, BATCH))
      if (said < BATCH) break
    }
  }
}

/**
 * One bell for each second of the next hour in which something is due: what Redis holds does not grow with what is open, and
 * a Redis that was emptied is told again a minute later.
 */
export async function ringAhead({ db, clock, bells }: Deps): Promise<void> {
  const now = await clock.now(db)
  const ahead = now.getTime() - clock.machineNow().getTime()
  const first = Math.floor(now.getTime() / 1000) + 1
  const last = Math.floor((now.getTime() + HORIZON_MS) / 1000)
  // Raw: each second asks the index whether anything is due in it, however many rows share one.
  const seconds = await db.$queryRaw<{ second: number }[]>`
    SELECT second FROM generate_series(${first}::int, ${last}::int) AS second
    WHERE EXISTS (SELECT 1 FROM reminder
        WHERE state = 'open' AND due_at > to_timestamp(second - 1) AND due_at <= to_timestamp(second))
      OR EXISTS (SELECT 1 FROM notice
        WHERE state = 'waiting' AND say_at > to_timestamp(second - 1) AND say_at <= to_timestamp(second))`
  bells.ringAtEach(
    'reminders',
    seconds.map(({ second }) => new Date(second * 1000 - ahead)),
  )
}
