import { record } from '../audit/record.js'
import { ensurePersons } from '../person/ensure-persons.js'
import type { Work } from '../work.js'
import { place } from './place.js'
import { teamKey } from './rename-teams.js'

export type DirectoryMember = { userid: string; name: string; department: number | null; above: string | null }
type Read = { organisation: string; department: number; leaders: string[]; members: DirectoryMember[] }

/**
 * The members of one department: who is new is met, everybody stands in the team of their main department and under their
 * superior, or else under whoever leads the department. Whom nobody lists any more has not left by that (decision 0010).
 */
export async function keepMembers(work: Work, { organisation, department, leaders, members }: Read): Promise<void> {
  // Whoever has several departments is placed by their main one alone.
  const here = members.filter((member) => member.department === department)
  if (here.length === 0) return
  const as = { platform: 'wecom', organisation, kind: 'member' }
  const wanted = [...new Set([...here.map(({ userid }) => userid), ...here.flatMap(({ above }) => above ?? []), ...leaders])]
  await ensurePersons(work, as, wanted)
  const identities = await work.tx.identity.findMany({
    where: { ...as, value: { in: wanted.map((userid) => userid.toLowerCase()) } },
    select: { value: true, personId: true },
  })
  const byUserid = new Map(identities.map(({ value, personId }) => [value, personId]))
  const idOf = (userid: string) => byUserid.get(userid.toLowerCase()) ?? null
  const team = await work.tx.team.findUnique({
    where: { departmentKey: teamKey(organisation, department) },
    select: { id: true },
  })
  const led = leaders.flatMap((userid) => idOf(userid) ?? [])
  const placed = await place(
    work,
    here.flatMap(({ userid, name, above }) => {
      const personId = idOf(userid)
      const direct = above ? idOf(above) : null
      return personId ? [{ personId, name, teamId: team?.id ?? null, above: direct ? [direct] : led }] : []
    }),
  )
  if (placed.length > 0)
    await record(work, {
      actor: 'system',
      verb: 'directory-kept',
      subject: `department:${department}`,
      content: { placed },
    })
}
