import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import type { Work } from '../work.js'
import { findHeir } from './find-heir.js'
import { moveOpen } from './move-open.js'
import { silence } from './silence.js'

/**
 * Somebody has left: they come in no more, nothing rings at them, and whatever was open for them is open for whoever sees
 * to it. All of it in the caller's transaction. Returns the handover; null when they had left before, or nobody is there.
 */
export async function leave(work: Work, personId: string): Promise<string | null> {
  const [person] = await work.tx.$queryRaw<{ left_at: Date | null; manager_id: string | null }[]>`
    SELECT left_at, manager_id FROM person WHERE id = ${personId}::uuid FOR UPDATE`
  if (!person || person.left_at) return null
  await work.tx.person.update({ where: { id: personId }, data: { leftAt: work.now } })
  // Sessions count in machine time.
  await work.tx.$executeRaw`UPDATE session SET revoked_at = now() WHERE person_id = ${personId}::uuid AND revoked_at IS NULL`
  // A private number is kept for reminders, and there are none any more.
  for (const rows of [work.tx.contactPoint, work.tx.contactCode] as { deleteMany(args: object): Promise<unknown> }[])
    await rows.deleteMany({ where: { personId } })
  await work.tx.botOffer.deleteMany({ where: { personId } })
  await silence(work, personId)
  const toId = await findHeir(work.tx, personId)
  await record(work, { actor: 'system', verb: 'person-left', subject: `person:${personId}`, content: { toId } })
  if (!toId) return null
  await handOnReports(work, { personId, toId, above: person.manager_id })
  await inherit(work, personId, toId)
  const handoverId = await openHandover(work, personId, toId)
  await moveOpen(work, { handoverId, personId, toId })
  return handoverId
}

/** One of a person is under way at a time; two who begin it at once begin the same. */
export async function openHandover(work: Work, personId: string, toId: string): Promise<string> {
  await work.tx.handover.createMany({ data: [{ id: newId(), personId, toId, at: work.now }], skipDuplicates: true })
  const { id } = await work.tx.handover.findFirstOrThrow({ where: { personId, closedAt: null }, select: { id: true } })
  return id
}

type Above = { personId: string; toId: string; above: string | null }

/** Their people answer to who stands in; nobody to themselves. */
async function handOnReports(work: Work, { personId, toId, above }: Above): Promise<void> {
  await work.tx.person.updateMany({ where: { managerId: personId, id: { not: toId } }, data: { managerId: toId } })
  await work.tx.person.updateMany({
    where: { managerId: personId, id: toId },
    data: { managerId: above === toId ? null : above },
  })
}

/** Handovers that the leaver was seeing to. What they had of them is among what is open for them. */
async function inherit(work: Work, personId: string, toId: string): Promise<void> {
  const theirs = await work.tx.handover.findMany({ where: { toId: personId, closedAt: null } })
  for (const { id, personId: earlier } of theirs) {
    await work.tx.handover.update({ where: { id }, data: { toId } })
    await moveOpen(work, { handoverId: id, personId: earlier, toId })
  }
  await work.tx.handoverItem.updateMany({ where: { toId: personId, handover: { closedAt: null } }, data: { toId } })
}
