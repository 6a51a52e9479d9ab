import { Refused } from '../../lib/errors.js'
import { isUuid } from '../../lib/ids.js'
import type { Actor } from '../person/actor.js'
import { isAbove } from '../reminders/acts/is-above.js'
import type { Work } from '../work.js'
import { KIND, subjectOf } from './quote-clock.js'

/** One that this actor may decide about, held until the work commits: its owner, those above, and who was handed its 72 hours. */
export async function claimOpportunity(work: Work, actor: Actor, id: string) {
  const unknown = new Refused('no-such-opportunity', '没有找到这个商机，或者它不归你', 404)
  if (!isUuid(id)) throw unknown
  const [held] = await work.tx.$queryRaw<{ id: string }[]>`SELECT id FROM opportunity WHERE id = ${id}::uuid FOR UPDATE`
  if (!held) throw unknown
  const lead = await work.tx.opportunity.findUniqueOrThrow({
    where: { id },
    include: { contact: { select: { customerId: true } }, owner: { select: { name: true } } },
  })
  if (lead.undoneAt || !(await mayDecide(work, actor, lead))) throw unknown
  return lead
}
export type Claimed = Awaited<ReturnType<typeof claimOpportunity>>

async function mayDecide(work: Work, actor: Actor, { id, ownerId }: { id: string; ownerId: string }): Promise<boolean> {
  if (ownerId === actor.personId || actor.roles.includes('admin')) return true
  if (await isAbove(work.tx, actor, ownerId)) return true
  const where = { kind: KIND, subject: subjectOf(id), personId: actor.personId, state: 'open' as const }
  return (await work.tx.reminder.count({ where })) > 0
}

/** Whoever has the lead before them looks again. */
export function tellLead(work: Work, { id, contactId, customerId, contact }: Claimed): void {
  work.touched.add(`opportunity:${id}`)
  const customer = customerId ?? contact?.customerId
  if (contactId) work.touched.add(`chat:${contactId}`)
  if (customer) work.touched.add(`customer:${customer}`)
}
