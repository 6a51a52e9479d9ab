import type { Work } from '../work.js'
import type { Carried } from './before.js'

/**
 * The contact goes to another customer. Where it had made one of its own (a capture does, under its name) and nobody else is
 * there, what was agreed and what is open goes along. Returns which rows, for the way back.
 */
export async function carryTo(
  work: Work,
  contact: { id: string; customerId: string | null },
  customerId: string,
): Promise<Carried> {
  const fromId = contact.customerId
  await work.tx.contact.update({ where: { id: contact.id }, data: { customerId } })
  const nothing: Carried = { fromId, requirements: [], reminders: [], opportunities: [] }
  if (!fromId || fromId === customerId) return nothing
  const others = await work.tx.contact.count({ where: { customerId: fromId, mergedIntoId: null } })
  if (others > 0) return nothing
  return { fromId, ...(await move(work, { fromId, customerId })) }
}

async function move(work: Work, { fromId, customerId }: { fromId: string; customerId: string }) {
  const to = { where: { customerId: fromId }, data: { customerId }, select: { id: true } }
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()
  return {
    requirements: idsOf(await work.tx.requirement.updateManyAndReturn(to)),
    reminders: idsOf(await work.tx.reminder.updateManyAndReturn(to)),
    opportunities: idsOf(await work.tx.opportunity.updateManyAndReturn(to)),
  }
}

/** Back to where it was, with what went along; what somebody moved on since stays there. */
export async function carryBack(work: Work, contactId: string, { fromId, ...rows }: Carried): Promise<void> {
  const contact = await work.tx.contact.findUniqueOrThrow({ where: { id: contactId }, select: { customerId: true } })
  await work.tx.contact.update({ where: { id: contactId }, data: { customerId: fromId } })
  if (!fromId || !contact.customerId) return
  const toId = contact.customerId
  const back = (ids: string[]) => ({ where: { id: { in: ids }, customerId: toId }, data: { customerId: fromId } })
  await work.tx.requirement.updateMany(back(rows.requirements))
  await work.tx.reminder.updateMany(back(rows.reminders))
  await work.tx.opportunity.updateMany(back(rows.opportunities))
  work.touched.add(`customer:${fromId}`)
  work.touched.add(`customer:${toId}`)
}
