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
  await work.tx.follow.deleteMany({ where: { contactId, confirmedAt: null, personId: { notIn: known } } })
  work.touched.add(`chat:${contactId}`)
}
