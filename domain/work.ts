import type { Bells } from '../lib/bells.js'
import type { Clock } from '../lib/clock.js'
import { type Db, type Tx, transact } from '../lib/db.js'
import type { Live } from '../lib/live.js'

/**
 * One thing heard, one transaction. Whatever it causes (domain rows, outbox, reminders, audit, «inbox done») commits with
 * it or not at all; bells ring and pages are told only after the commit.
 */
export type Work = {
  tx: Tx
  /** Business time, the same for everything in this work. */
  now: Date
  /** One id through callback → effect → delivery. */
  trace: string
  /** Subjects whose pages refetch after the commit: 「chat:<id>」. */
  touched: Set<string>
  /** Business times at which outbox rows of this work become due. */
  due: Date[]
}

export type Deps = { db: Db; clock: Clock; bells: Bells; live: Live }

export async function runWork<T>(deps: Deps, trace: string, act: (work: Work) => Promise<T>): Promise<T> {
  const touched = new Set<string>()
  const due: Date[] = []
  let now = deps.clock.machineNow()
  const result = await transact(deps.db, async (tx) => {
    touched.clear()
    due.length = 0
    now = await deps.clock.now(tx)
    return act({ tx, now, trace, touched, due })
  })
  const ahead = now.getTime() - deps.clock.machineNow().getTime()
  if (due.some((at) => at <= now)) deps.bells.ring('outbox')
  for (const at of due) if (at > now) deps.bells.ringAt('outbox', new Date(at.getTime() - ahead))
  deps.live.tell(touched)
  return result
}
