import { laneOfWay } from '../card/queue-copies.js'
import { wayName } from '../reminders/ladder.contract.js'
import type { Work } from '../work.js'

export const LEFT = '已离职'

/** Nothing goes on ringing at an account that is gone. What a worker holds at this moment finds nobody there by itself. */
export async function silence(work: Work, personId: string): Promise<void> {
  const lanes = wayName.options.map((way) => laneOfWay(way, personId))
  const rows = await work.tx.outbox.updateManyAndReturn({
    where: { lane: { in: lanes }, state: 'open', calledAt: null },
    data: { state: 'withdrawn', reason: LEFT, doneAt: work.now },
    select: { payload: true },
  })
  const copies = rows.flatMap(({ payload }) => (payload as { copyId?: string }).copyId ?? [])
  await work.tx.cardCopy.updateMany({
    where: { id: { in: copies }, state: 'queued' },
    data: { state: 'dropped', reason: LEFT, stateAt: work.now },
  })
}
