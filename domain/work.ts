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
  /** Business times at which reminders of this work have to be looked at. */
  wake: Date[]
}

export type Deps = { db: Db; clock: Clock; bells: Bells; live: Live }

export async function runWork<T>(deps: Deps, trace: string, act: (work: Work) => Promise<T>): Promise<T> {
  const touched = new Set<string>()
  const due: Date[] = []
  const wake: Date[] = []
  let now = deps.clock.machineNow()
  const result = await transact(deps.db, async (tx) => {
    touched.clear()
    due.length = 0
    wake.length = 0
    now = await deps.clock.now(tx)
    return act({ tx, now, trace, touched, due, wake })
  })
  const ahead = now.getTime() - deps.clock.machineNow().getTime()
  ringFor(deps.bells, 'outbox', { times: due, now, ahead })
  ringFor(deps.bells, 'reminders', { times: wake, now, ahead })
  deps.live.tell(touched)
  return result
}

/** What is further away is rung by the planner, once its hour has come: Redis holds one hour and no more. */
const HORIZON_MS = 3_600_000

/** One bell for what is due, one for each second of what is due later. */
function ringFor(bells: Bells, bell: 'outbox' | 'reminders', { times, now, ahead }: { times: Date[]; now: Date; ahead: number }) {
  const seconds = new Set<number>()
  for (const at of times) if (at > now && at.getTime() - now.getTime() < HORIZON_MS) seconds.add(Math.ceil(at.getTime() / 1000))
  if (times.some((at) => at <= now)) bells.ring(bell)
  bells.ringAtEach(
    bell,
    [...seconds].map((second) => new Date(second * 1000 - ahead)),
  )
}
