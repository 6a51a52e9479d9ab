import { newId } from '../../lib/ids.js'
import type { Work } from '../work.js'
import { memberKey } from './member-key.js'
import { nameStrangers } from './name-strangers.js'

export type ToldGroup = {
  name: string
  owner: string | null
  createdAt: Date
  members: { userid: string; ours: boolean; name: string | null; joinedAt: Date; scene: number | null }[]
}

/** A group as the platform tells it: who sits in it now, and who has left since. Strangers stay strangers: no contact is made. */
export async function keepGroup(work: Work, groupId: string, organisation: string, told: ToldGroup): Promise<void> {
  // Two answers about one group are written one after the other.
  await work.tx.$executeRaw`SELECT 1 FROM customer_group WHERE id = ${groupId}::uuid FOR NO KEY UPDATE`
  const members = told.members.map((member) => ({ ...member, key: keyOf(member) }))
  const behind = await findBehind(work, organisation, members)
  const ownerId = told.owner ? (behind.get(memberKey(told.owner))?.personId ?? null) : null
  await work.tx.group.update({
    where: { id: groupId },
    data: {
      ...(told.name ? { name: told.name } : {}),
      ...(told.createdAt.getTime() > 0 ? { createdAt: told.createdAt } : {}),
      ownerId,
      dismissedAt: null,
    },
  })
  const before = await work.tx.groupMember.findMany({ where: { groupId } })
  const known = new Map(before.map((member) => [member.key, member]))
  for (const { key, name, joinedAt, scene } of members) {
    const data = { ...nobody, ...behind.get(key), name, joinedAt, scene, leftAt: null }
    const old = known.get(key)
    if (!old) await work.tx.groupMember.create({ data: { id: newId(), groupId, key, ...data } })
    else if (!same(old, data)) await work.tx.groupMember.update({ where: { id: old.id }, data })
  }
  await work.tx.groupMember.updateMany({
    where: { groupId, leftAt: null, key: { notIn: members.map((member) => member.key) } },
    data: { leftAt: work.now },
  })
  await nameStrangers(work, groupId)
  work.touched.add(`group:${groupId}`)
}

/** Gone, from then on. What was said in it stays. */
export async function dismissGroup(work: Work, groupId: string, at: Date): Promise<void> {
  const { count } = await work.tx.group.updateMany({ where: { id: groupId, dismissedAt: null }, data: { dismissedAt: at } })
  if (count > 0) work.touched.add(`group:${groupId}`)
}

const nobody = { contactId: null as string | null, personId: null as string | null }

/** Which side somebody is on shows in the key: one of ours may be nobody that we know. */
const keyOf = ({ userid, ours }: { userid: string; ours: boolean }) => (ours ? memberKey(userid) : userid)

type Fields = typeof nobody & { name: string | null; joinedAt: Date; scene: number | null; leftAt: Date | null }

const same = (a: Fields, b: Fields): boolean =>
  a.contactId === b.contactId &&
  a.personId === b.personId &&
  a.name === b.name &&
  a.joinedAt.getTime() === b.joinedAt.getTime() &&
  a.scene === b.scene &&
  a.leftAt === null

async function findBehind(work: Work, organisation: string, members: { userid: string; ours: boolean }[]) {
  const [ours, theirs] = [members.filter((one) => one.ours), members.filter((one) => !one.ours)]
  const identities = await work.tx.identity.findMany({
    where: {
      platform: 'wecom',
      organisation,
      OR: [
        { kind: 'member', value: { in: ours.map((one) => one.userid.toLowerCase()) } },
        { kind: 'external', value: { in: theirs.map((one) => one.userid) } },
      ],
    },
    select: { kind: true, value: true, personId: true, contactId: true },
  })
  return new Map(identities.map(({ kind, value, ...behind }) => [kind === 'member' ? memberKey(value) : value, behind] as const))
}
