import { ensureContact } from '../person/identify.js'
import type { Work } from '../work.js'

type Speaker = { groupId: string; platform: string; organisation: string; externalUserId: string }

/**
 * The contact behind somebody from outside who speaks in a group. A stranger becomes one under the name that the group
 * shows: the platform tells nothing of people whom nobody of ours has added, so it isn't asked.
 */
export async function ensureSpeaker(work: Work, { groupId, externalUserId, ...platform }: Speaker): Promise<string> {
  const find = () =>
    work.tx.groupMember.findUnique({
      where: { groupId_key: { groupId, key: externalUserId } },
      select: { id: true, contactId: true, name: true },
    })
  const known = await find()
  if (known?.contactId) return known.contactId
  // The list of members may arrive in this moment: one of the two sees what the other has written.
  await work.tx.$executeRaw`SELECT 1 FROM customer_group WHERE id = ${groupId}::uuid FOR SHARE`
  const member = await find()
  if (member?.contactId) return member.contactId
  const contactId = await ensureContact(work, { ...platform, kind: 'external', value: externalUserId }, { fetch: false })
  if (!member) return contactId
  await work.tx.groupMember.update({ where: { id: member.id }, data: { contactId } })
  // Still a guess: whoever is added later brings their own name.
  if (member.name) await work.tx.contact.updateMany({ where: { id: contactId, provisional: true }, data: { name: member.name } })
  return contactId
}
