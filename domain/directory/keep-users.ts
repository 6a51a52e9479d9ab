import { newId } from '../../lib/ids.js'
import { insertRows } from '../../lib/insert-rows.js'
import { ensurePersons } from '../person/ensure-persons.js'
import { keepNumbers } from '../reach/keep-numbers.js'
import type { Work } from '../work.js'
import { holdDirectory, place } from './place.js'
import { dingtalkKey } from './rename-teams.js'

/** One of ours as DingTalk tells it, the number sealed. The first of their departments is their own. */
export type DingtalkUser = {
  userid: string
  unionid: string
  name: string
  number: { sealed: string; hash: string } | null
  departments: number[]
  manager: string | null
}

type Told = { organisation: string; users: DingtalkUser[] /** Userids, nearest first. */; leaders: string[] }

/**
 * DingTalk's members: their names where WeCom has none for them, their numbers, the team of their own department and their
 * superior, or else whoever leads the department. What was set by hand or by WeCom's directory stays.
 */
export async function keepUsers(work: Work, { organisation, users, leaders }: Told): Promise<void> {
  if (users.length === 0) return
  await holdDirectory(work)
  const as = { platform: 'dingtalk', organisation, kind: 'member' }
  const wanted = [
    ...new Set([...users.map(({ userid }) => userid), ...users.flatMap(({ manager }) => manager ?? []), ...leaders]),
  ]
  await ensurePersons(work, as, wanted)
  const identities = await work.tx.identity.findMany({
    where: { ...as, value: { in: wanted } },
    select: { value: true, personId: true },
  })
  const byUserid = new Map(identities.flatMap(({ value, personId }) => (personId ? [[value, personId] as const] : [])))
  const known = users.flatMap((user) => {
    const personId = byUserid.get(user.userid)
    return personId ? [{ ...user, personId }] : []
  })
  const teams = await work.tx.team.findMany({
    where: { dingtalkKey: { in: known.flatMap(({ departments: [own] }) => (own ? dingtalkKey(organisation, own) : [])) } },
    select: { id: true, dingtalkKey: true },
  })
  const teamOf = new Map(teams.map((team) => [team.dingtalkKey, team.id]))
  const led = leaders.flatMap((userid) => byUserid.get(userid) ?? [])
  await place(
    work,
    known.map(({ personId, departments: [own], manager }) => {
      const direct = manager ? byUserid.get(manager) : undefined
      const teamId = own ? (teamOf.get(dingtalkKey(organisation, own)) ?? null) : null
      return { personId, name: '', teamId, above: direct ? [direct] : led }
    }),
    'dingtalk',
  )
  await keepNames(work, known)
  await keepUnionids(work, organisation, known)
  await keepNumbers(
    work,
    known.flatMap(({ personId, number }) => (number ? [{ personId, ...number }] : [])),
  )
}

type Known = DingtalkUser & { personId: string }

/** Whom WeCom knows has the name that they have there. */
async function keepNames(work: Work, known: Known[]): Promise<void> {
  await work.tx.$executeRaw`
    UPDATE person SET name = v.name
    FROM unnest(${known.map(({ personId }) => personId)}::uuid[], ${known.map(({ name }) => name)}::text[]) AS v(id, name)
    WHERE person.id = v.id AND v.name <> '' AND person.name <> v.name
      AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.person_id = v.id AND i.platform = 'wecom' AND i.kind = 'member')`
}

/** To-dos and other apps know them by it. */
async function keepUnionids(work: Work, organisation: string, known: Known[]): Promise<void> {
  const told = known.filter(({ unionid }) => unionid !== '')
  const column = <T>(of: (one: Known) => T) => told.map(of)
  await insertRows(work.tx, 'identity', {
    id: { type: 'uuid', of: column(() => newId()) },
    platform: { type: 'text', of: column(() => 'dingtalk') },
    organisation: { type: 'text', of: column(() => organisation) },
    kind: { type: 'text', of: column(() => 'unionid') },
    value: { type: 'text', of: column(({ unionid }) => unionid) },
    person_id: { type: 'uuid', of: column(({ personId }) => personId) },
  })
}
