import type { Work } from '../work.js'
import { findHeir } from './find-heir.js'
import { openHandover } from './leave.js'
import { moveOpen } from './move-open.js'

const MOST = 20

/**
 * Finds what was opened for somebody in the moment in which they left, or since: their customers still speak, and nobody
 * has been given them yet. Returns for how many people something was found.
 */
export async function sweepLeft(work: Work): Promise<number> {
  const left = await work.tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM person p WHERE p.left_at IS NOT NULL AND p.merged_into_id IS NULL AND (
      EXISTS (SELECT 1 FROM reminder r WHERE r.person_id = p.id AND r.state = 'open')
      OR EXISTS (SELECT 1 FROM ask a WHERE a.person_id = p.id AND a.answered_at IS NULL AND a.closed_at IS NULL)
      OR EXISTS (SELECT 1 FROM task t WHERE t.person_id = p.id AND t.done_at IS NULL)
      OR EXISTS (SELECT 1 FROM quote q WHERE q.owner_id = p.id AND (q.state IN ('draft', 'sent')
        OR q.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM contract c WHERE c.quote_id = q.id)))
      -- Nobody was there to see to it when they left.
      OR (EXISTS (SELECT 1 FROM customer c WHERE c.owner_id = p.id)
        AND NOT EXISTS (SELECT 1 FROM handover h WHERE h.person_id = p.id AND h.closed_at IS NULL)))
    LIMIT ${MOST} FOR UPDATE OF p SKIP LOCKED`
  let found = 0
  for (const { id: personId } of left) {
    const open = await work.tx.handover.findFirst({
      where: { personId, closedAt: null },
      select: { toId: true, to: { select: { leftAt: true } } },
    })
    const toId = open && !open.to.leftAt ? open.toId : await findHeir(work.tx, personId)
    if (!toId) continue
    const handoverId = await openHandover(work, personId, toId)
    await moveOpen(work, { handoverId, personId, toId })
    found += 1
  }
  return found
}
