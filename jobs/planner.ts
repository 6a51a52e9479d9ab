import { sayDue } from '../domain/reminders/say-due.js'
import { sayWaiting } from '../domain/reminders/say-waiting.js'
import { type Deps, runWork } from '../domain/work.js'
import { newTrace } from '../lib/ids.js'

const BATCH = 200
const HORIZON_MS = 3_600_000

/** Says what is due. Rung for each second in which something is, and a timer in every worker; all may look at once. */
export async function plan(deps: Deps): Promise<void> {
  for (const say of [sayDue, sayWaiting]) {
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
  // Raw: from second to second along the index, however many rows share one.
  const seconds = await db.$queryRaw<{ at: Date }[]>`
    WITH RECURSIVE due(at) AS (
      (SELECT due_at FROM reminder WHERE state = 'open' AND due_at > ${now} ORDER BY due_at LIMIT 1)
      UNION ALL
      SELECT (SELECT r.due_at FROM reminder r WHERE r.state = 'open' AND r.due_at >= date_trunc('second', due.at) + interval '1 second'
        ORDER BY r.due_at LIMIT 1)
      FROM due WHERE due.at IS NOT NULL AND due.at < ${new Date(now.getTime() + HORIZON_MS)})
    SELECT at FROM due WHERE at IS NOT NULL AND at < ${new Date(now.getTime() + HORIZON_MS)}
    UNION SELECT say_at FROM notice WHERE state = 'waiting' AND say_at BETWEEN ${now} AND ${new Date(now.getTime() + HORIZON_MS)}`
  const due = new Set(seconds.map(({ at }) => Math.ceil(at.getTime() / 1000)))
  bells.ringAtEach(
    'reminders',
    [...due].map((second) => new Date(second * 1000 - ahead)),
  )
}
