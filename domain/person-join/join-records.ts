import type { Prisma } from '../../lib/db.js'
import { joined } from '../contact/join-follows.js'
import type { Work } from '../work.js'

type Pair = { winnerId: string; loserId: string }

/** What both have is one: whom they follow, where they were seen, what they do here and under whom. */
export async function joinRecords(work: Work, pair: Pair): Promise<void> {
  await joinLines(work, pair)
  await joinPerson(work, pair)
}

/**
 * A number that a platform only told of the survivor makes room for the one that the other proved: reminders go to what is
 * proved, and would end with the joining.
 */
export async function makeRoom({ tx }: Work, { winnerId, loserId }: Pair): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM contact_point t WHERE t.person_id = ${winnerId}::uuid AND t.proved_at IS NULL AND EXISTS (
      SELECT 1 FROM contact_point o WHERE o.person_id = ${loserId}::uuid AND o.channel = t.channel AND o.proved_at IS NOT NULL)`
}

/** Whom they follow, where they were seen. Done again it finds what came in between. */
export async function joinLines(work: Work, pair: Pair): Promise<void> {
  await joinFollows(work, pair)
  await joinReach(work, pair)
}

async function joinFollows({ tx }: Work, { winnerId, loserId }: Pair): Promise<void> {
  const theirs = await tx.follow.findMany({ where: { personId: loserId }, orderBy: { contactId: 'asc' } })
  for (const one of theirs) {
    const { contactId } = one
    const key = { contactId_personId: { contactId, personId: winnerId } }
    const own = await tx.follow.findUnique({ where: key })
    const loser = { contactId_personId: { contactId, personId: loserId } }
    if (!own) await tx.follow.update({ where: loser, data: { personId: winnerId } })
    else {
      await tx.follow.update({ where: key, data: joined(own, one) })
      await tx.follow.delete({ where: loser })
    }
  }
}

async function joinReach({ tx }: Work, { winnerId, loserId }: Pair): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO reach (person_id, channel, active_at, confirmed_at, says_on, barred_why)
    SELECT ${winnerId}::uuid, channel, active_at, confirmed_at, says_on, barred_why FROM reach WHERE person_id = ${loserId}::uuid
    ON CONFLICT (person_id, channel) DO UPDATE SET active_at = greatest(reach.active_at, excluded.active_at),
      confirmed_at = greatest(reach.confirmed_at, excluded.confirmed_at), says_on = coalesce(reach.says_on, excluded.says_on)`
  await tx.reach.deleteMany({ where: { personId: loserId } })
}

async function joinPerson(work: Work, { winnerId, loserId }: Pair): Promise<void> {
  const { tx } = work
  const winner = await tx.person.findUniqueOrThrow({ where: { id: winnerId }, include: { identities: true } })
  const loser = await tx.person.findUniqueOrThrow({ where: { id: loserId } })
  // Met and never named: the name is an account's.
  const unnamed = winner.identities.some(({ value }) => value.toLowerCase() === winner.name.toLowerCase())
  const above = winner.managerId ?? loser.managerId
  const data: Prisma.PersonUncheckedUpdateInput = {
    name: unnamed ? loser.name : winner.name,
    roles: [...new Set([...winner.roles, ...loser.roles])],
    ...(winner.teamId === null ? { teamId: loser.teamId, teamFrom: loser.teamFrom } : {}),
    ...(winner.managerId === null ? { managerFrom: loser.managerFrom } : {}),
    managerId: above,
    plainText: winner.plainText && loser.plainText,
    prefers: winner.prefers ?? loser.prefers,
  }
  await tx.person.update({ where: { id: winnerId }, data })
  await tx.person.updateMany({ where: { managerId: loserId }, data: { managerId: winnerId } })
  // Nobody chooses them, writes to them or counts them any more: the same as of somebody who has left.
  const gone = { mergedIntoId: winnerId, leftAt: work.now, managerId: null, teamId: null, roles: [] }
  await tx.person.update({ where: { id: loserId }, data: gone })
  // Nobody is over themselves, over however many others: the directory says anew who is.
  if (await isUnderThemselves(tx, winnerId))
    await tx.person.update({ where: { id: winnerId }, data: { managerId: null, managerFrom: null } })
}

async function isUnderThemselves(tx: Work['tx'], personId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`
    WITH RECURSIVE up AS (
      SELECT manager_id AS id FROM person WHERE id = ${personId}::uuid
      UNION SELECT p.manager_id FROM person p JOIN up ON p.id = up.id
    ) SELECT EXISTS (SELECT 1 FROM up WHERE id = ${personId}::uuid) AS found`
  return row?.found ?? false
}
