import { confirmFollow } from '../message/hear-message.js'
import type { Work } from '../work.js'

type Profile = { name: string; company: string | null; followers: string[] }

/**
 * What the platform knows of a contact: their name, and who of ours follows them. Whoever only claimed to, by opening the
 * sidebar, and isn't among them, loses sight of the contact again.
 */
export async function keepProfile(work: Work, contactId: string, profile: Profile): Promise<void> {
  const contact = await work.tx.contact.findUniqueOrThrow({ where: { id: contactId } })
  if (profile.name && contact.provisional)
    await work.tx.contact.update({ where: { id: contactId }, data: { name: profile.name, provisional: false } })
  const members = await work.tx.identity.findMany({
    where: {
      platform: 'wecom',
      kind: 'member',
      value: { in: profile.followers.map((one) => one.toLowerCase()) },
      personId: { not: null },
    },
    select: { personId: true },
  })
  const known = members.map((member) => member.personId).filter((id) => id !== null)
  for (const personId of known) await confirmFollow(work, contactId, personId)
  const claimed = { contactId, confirmedAt: null, personId: { notIn: known } }
  const claimers = await work.tx.follow.findMany({ where: claimed, select: { personId: true } })
  await work.tx.follow.deleteMany({ where: claimed })
  // A capture in between made the claimer the customer's owner: it goes to who really knows them.
  if (contact.customerId && known[0])
    await work.tx.customer.updateMany({
      where: { id: contact.customerId, ownerId: { in: claimers.map((claimer) => claimer.personId) } },
      data: { ownerId: known[0] },
    })
  work.touched.add(`chat:${contactId}`)
}
