import { sayDue } from '../domain/reminders/say-due.js'
import { type Deps, runWork } from '../domain/work.js'
import { newTrace } from '../lib/ids.js'

const PLANNER_LOCK = 72_061_902
const BATCH = 100

/** Says what is due. A timer in every worker; whoever finds the lock taken leaves it to the other. */
export async function plan(deps: Deps): Promise<void> {
  for (;;) {
    const said = await runWork(deps, newTrace(), async (work) => {
      const [lock] = await work.tx.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${PLANNER_LOCK}) AS mine`
      return lock?.mine ? sayDue(work, BATCH) : 0
    })
    if (said < BATCH) return
  }
}
