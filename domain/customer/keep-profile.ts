import { holdPeople, type Proofs } from '../contact/hold-people.js'
import { lockContact } from '../contact/lock-contact.js'
import { resolveContact } from '../contact/resolve-contact.js'
import { keepFollow } from '../follow/keep-follow.js'
import type { Profile } from '../follow/profile.js'
import type { Work } from '../work.js'

type Told = {
  organisation: string
  profile: Profile
  /** Who of ours came together with them before this is history; null: all of it is. */
  edge: (personId: string) => Promise<Date | null>
}

/**
 * What the platform knows of a contact: who they are, and who of ours follows them; all of them, under each id that they have.
 * Whoever only claimed to follow them, by opening the sidebar, and isn't among them loses sight of the contact again, and
 * whoever was among them before has deleted them.
 */
export async function keepProfiles(work: Work, contactId: string, told: Told[]): Promise<void> {
  const [id = contactId] = await holdPeople(work, [contactId], proofsOf(told.map(({ profile }) => profile)))
  const known: string[] = []
  for (const one of told) known.push(...(await keepOne(work, id, one, true)))
  await dropOthers(work, id, known)
  for (const { profile } of told) await resolve(work, id, profile)
}

/** Lines of one member's list. They say nothing of other colleagues. */
export async function keepLines(work: Work, lines: ({ contactId: string } & Told)[]): Promise<void> {
  const contactIds = lines.map(({ contactId }) => contactId)
  await holdPeople(work, contactIds, proofsOf(lines.map(({ profile }) => profile)))
  for (const { contactId, ...told } of lines) {
    // A line before it may have proved that this is another contact.
    const id = await lockContact(work, contactId)
    await keepOne(work, id, told, false)
    await resolve(work, id, told.profile)
  }
}

/** What they tell of who somebody is. */
const proofsOf = (profiles: Profile[]): Proofs => ({
  phones: profiles.flatMap(({ follows }) => follows.flatMap((follow) => follow.phones.map(({ hash }) => hash))),
  unionids: profiles.flatMap(({ unionId }) => unionId ?? []),
})

/** Last, because it may prove that this contact is another one. */
async function resolve(work: Work, contactId: string, { unionId }: Profile): Promise<void> {
  await resolveContact(work, contactId, unionId ? { unionid: unionId } : {})
}

/** Returns the people of ours whom it names. */
async function keepOne(work: Work, contactId: string, { organisation, profile, edge }: Told, whole: boolean): Promise<string[]> {
  await keepPerson(work, contactId, profile)
  await joinGroups(work, contactId, organisation, profile.externalUserId)
  const people = await findFollowers(work, organisation, profile)
  const { externalUserId } = profile
  for (const { personId, follow } of people) {
    const seen = { contactId, personId, organisation, externalUserId, follow, whole }
    await keepFollow(work, { ...seen, edge: await edge(personId) })
  }
  work.touched.add(`chat:${contactId}`)
  return people.map((one) => one.personId)
}

async function keepPerson(work: Work, id: string, profile: Profile): Promise<void> {
  const contact = await work.tx.contact.findUniqueOrThrow({ where: { id }, select: { provisional: true } })
  const named = profile.name && contact.provisional ? { name: profile.name, provisional: false } : {}
  await work.tx.contact.update({
    where: { id },
    // Of most WeCom names no company; what another platform's list says of theirs stands.
    data: { avatar: profile.avatar, ...(profile.company ? { corpName: profile.company } : {}), kind: profile.kind, ...named },
  })
}

/** They sat in a group as a stranger. */
async function joinGroups(work: Work, contactId: string, organisation: string, externalUserId: string): Promise<void> {
  await work.tx.groupMember.updateMany({
    where: { key: externalUserId, contactId: null, group: { platform: 'wecom', organisation } },
    data: { contactId },
  })
}

async function findFollowers(work: Work, organisation: string, profile: Profile) {
  const members = await work.tx.identity.findMany({
    where: {
      platform: 'wecom',
      organisation,
      kind: 'member',
      value: { in: profile.follows.map((one) => one.userid.toLowerCase()) },
    },
    select: { personId: true, value: true },
  })
  return profile.follows.flatMap((follow) => {
    const personId = members.find((member) => member.value === follow.userid.toLowerCase())?.personId
    return personId ? [{ personId, follow }] : []
  })
}

async function dropOthers(work: Work, contactId: string, known: string[]): Promise<void> {
  const claimed = { contactId, confirmedAt: null, personId: { notIn: known } }
  const claimers = await work.tx.follow.findMany({ where: claimed, select: { personId: true } })
  await work.tx.follow.deleteMany({ where: claimed })
  // A half add is not told of until the rep confirms it: only who was in a profile before can be missing from this one.
  await work.tx.follow.updateMany({
    where: { contactId, personId: { notIn: known }, endedAt: null, addWay: { not: null } },
    data: { endedAt: work.now, endedBy: 'rep' },
  })
  // A capture in between made the claimer the customer's owner: it goes to who really knows them.
  const { customerId } = await work.tx.contact.findUniqueOrThrow({ where: { id: contactId }, select: { customerId: true } })
  if (customerId && known[0])
    await work.tx.customer.updateMany({
      where: { id: customerId, ownerId: { in: claimers.map((claimer) => claimer.personId) } },
      data: { ownerId: known[0] },
    })
}
