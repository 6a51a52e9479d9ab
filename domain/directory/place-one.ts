import { findPersonId } from '../person/identify.js'
import type { Work } from '../work.js'
import { holdDirectory, place } from './place.js'
import { teamKey } from './rename-teams.js'

type Where = { organisation: string; department: number | null; above: string | null }

/** Somebody who was met before the next look at the directory. Departments and superiors that nobody knows yet wait for it. */
export async function placeOne(work: Work, personId: string, { organisation, department, above }: Where): Promise<void> {
  await holdDirectory(work)
  const key = department === null ? null : teamKey(organisation, department)
  const team = key ? await work.tx.team.findUnique({ where: { departmentKey: key }, select: { id: true } }) : null
  const superior = above ? await findPersonId(work, { platform: 'wecom', organisation, kind: 'member', value: above }) : null
  await place(work, [{ personId, name: '', teamId: team?.id ?? null, above: superior ? [superior] : [] }])
}
