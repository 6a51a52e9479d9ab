import { newId } from '../../lib/ids.js'
import { laneOf, later } from '../outbox.js'
import type { Work } from '../work.js'

/** The same four as channels' PlatformIdentity: who a platform speaks of. */
export type KnownAs = { platform: string; organisation: string; kind: string; value: string }

/**
 * WeCom userids are case-insensitive and answers may lower-case them (official page 90236). DingTalk's are compared to the
 * letter: two of one organisation may differ in case alone.
 */
export const normal = (as: KnownAs): KnownAs =>
  as.platform === 'wecom' && as.kind === 'member' ? { ...as, value: as.value.toLowerCase() } : as

/**
 * Held as a foreign key holds it, until the work commits: whoever joins two persons waits for it, and what is looked up while
 * two are joined is the one that they are by then (domain/person-join/join-persons.ts).
 */
export async function findPersonId(work: Pick<Work, 'tx'>, as: KnownAs): Promise<string | null> {
  const { platform, organisation, kind, value } = normal(as)
  const [row] = await work.tx.$queryRaw<{ id: string }[]>`
    SELECT coalesce(p.merged_into_id, p.id) AS id FROM identity i JOIN person p ON p.id = i.person_id
    WHERE i.platform = ${platform} AND i.organisation = ${organisation} AND i.kind = ${kind} AND i.value = ${value}
    FOR KEY SHARE OF p`
  return row?.id ?? null
}

/**
 * The person behind a member's id; one that nobody has met yet becomes a person at once, so that nothing said waits for
 * a profile. The name arrives later.
 */
export async function ensurePerson(work: Work, as: KnownAs, roles: string[] = ['rep']): Promise<string> {
  const known = await findPersonId(work, as)
  if (known) return known
  const id = newId()
  await work.tx.person.create({ data: { id, name: as.value, roles } })
  const { count } = await work.tx.identity.createMany({
    data: { id: newId(), ...normal(as), personId: id },
    skipDuplicates: true,
  })
  if (count === 0) {
    // Somebody else met the same member in this moment; theirs stays.
    await work.tx.person.delete({ where: { id } })
    return (await findPersonId(work, as)) as string
  }
  await later(work, { kind: 'fetch-member', key: `fetch-member:${id}`, lane: laneOf(id), payload: { personId: id } })
  return id
}

export async function findContactId(work: Pick<Work, 'tx'>, as: KnownAs): Promise<string | null> {
  const identity = await work.tx.identity.findUnique({
    where: { platform_organisation_kind_value: normal(as) },
    select: { contactId: true },
  })
  return identity?.contactId ?? null
}

/** As `ensurePerson`, for a customer's person. `fetch: false` where the profile is at hand, or asked for by the caller. */
export async function ensureContact(work: Work, as: KnownAs, { fetch } = { fetch: true }): Promise<string> {
  const known = await findContactId(work, as)
  if (known) return known
  const id = newId()
  await work.tx.contact.create({ data: { id, name: '新联系人', provisional: true, createdAt: work.now } })
  const { count } = await work.tx.identity.createMany({
    data: { id: newId(), ...normal(as), contactId: id },
    skipDuplicates: true,
  })
  if (count === 0) {
    await work.tx.contact.delete({ where: { id } })
    return (await findContactId(work, as)) as string
  }
  if (fetch)
    await later(work, { kind: 'fetch-contact', key: `fetch-contact:${id}`, lane: `contact:${id}`, payload: { contactId: id } })
  return id
}
