import type { Work } from '../work.js'
import { type Before, readBefore, standingOf } from './before.js'
import { keep } from './close.js'
import { startClock } from './reconcile.js'

/** 先养着 is over: open again, and the ladder begins from that morning. Returns how many. Several workers may look at once. */
export async function wakeNurtured(work: Work, limit = 100): Promise<number> {
  const due = await work.tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM first_contact WHERE state = 'nurturing' AND until <= ${work.now} ORDER BY until LIMIT ${limit} FOR UPDATE SKIP LOCKED`
  for (const { id } of due) {
    const row = await work.tx.firstContact.findUniqueOrThrow({ where: { id } })
    const woke: Before = { act: 'woke', standing: standingOf(row), reminder: null, before: readBefore(row.before) }
    await keep(work, row, woke)
    await work.tx.firstContact.update({
      where: { id },
      data: { state: 'open', closedAt: null, closedById: null, until: null },
    })
    await startClock(work, { id, personId: row.personId, at: row.until ?? work.now, heardAt: row.until ?? work.now })
    work.touched.add(`chat:${row.contactId}`)
  }
  return due.length
}
