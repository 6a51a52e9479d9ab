import type { Work } from '../work.js'

type Listener = { personId: string | null; contactId: string | null }

/**
 * Who hears what is said in a group: of ours its owner, else who has been in it longest; of the customer's side whoever spoke
 * last before. Null where there is nobody.
 */
export async function findListener(
  work: Pick<Work, 'tx'>,
  { groupId, ownerId, before }: { groupId: string; ownerId: string | null; before: Date },
): Promise<Listener> {
  const last = await work.tx.message.findFirst({
    where: { groupId, speaker: 'customer', saidAt: { lte: before } },
    orderBy: [{ saidAt: 'desc' }, { id: 'desc' }],
    select: { contactId: true },
  })
  const member = await work.tx.groupMember.findFirst({
    where: { groupId, leftAt: null, personId: { not: null } },
    orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
    select: { personId: true },
  })
  const guest = await work.tx.groupMember.findFirst({
    where: { groupId, leftAt: null, contactId: { not: null } },
    orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }],
    select: { contactId: true },
  })
  return { personId: ownerId ?? member?.personId ?? null, contactId: last?.contactId ?? guest?.contactId ?? null }
}
