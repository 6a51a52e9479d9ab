import { newId } from '../../lib/ids.js'
import type { Work } from '../work.js'
import type { Department } from './department.js'

/** The company itself is no team: who is in nothing else is in none. */
const COMPANY = 1

export const teamKey = (organisation: string, department: number): string => `wecom:${organisation}:${department}`
export const dingtalkKey = (organisation: string, department: number): string => `dingtalk:${organisation}:${department}`

/** Whose departments: the column that says which one a team is, and what its name is from. */
const sources = {
  wecom: { column: 'departmentKey', keyOf: teamKey, nameFrom: 'directory' },
  dingtalk: { column: 'dingtalkKey', keyOf: dingtalkKey, nameFrom: 'dingtalk' },
} as const

/**
 * Departments are teams. One that bears a team's name is that team, made by hand or not; a department that was renamed
 * renames the team that came from it, and none that somebody named, or that came from the other platform. Two of one name have the name of the one above before it.
 */
export async function renameTeams(
  work: Work,
  organisation: string,
  departments: Pick<Department, 'id' | 'name' | 'parent'>[],
  platform: keyof typeof sources = 'wecom',
): Promise<void> {
  const { column, keyOf, nameFrom } = sources[platform]
  const teams = await work.tx.team.findMany()
  const taken = new Map(teams.map((team) => [team.name, team.id]))
  const made: { id: string; name: string; departmentKey?: string; dingtalkKey?: string; nameFrom: string }[] = []
  // In one order, whoever looks: the older department has the name to itself.
  for (const department of [...departments].sort((a, b) => a.id - b.id)) {
    if (department.id === COMPANY || department.name === '') continue
    const key = keyOf(organisation, department.id)
    const above = departments.find((one) => one.id === department.parent)?.name
    const names = [department.name, ...(above ? [`${above}·${department.name}`] : []), `${department.name}（${department.id}）`]
    const known = teams.find((team) => team[column] === key)
    if (known) {
      const name = names.find((one) => !taken.has(one) || taken.get(one) === known.id)
      if (known.nameFrom !== nameFrom || !name || name === known.name) continue
      taken.delete(known.name)
      taken.set(name, known.id)
      await work.tx.team.update({ where: { id: known.id }, data: { name } })
      continue
    }
    const same = teams.find((team) => team.name === department.name && team[column] === null)
    if (same) {
      same[column] = key
      await work.tx.team.update({ where: { id: same.id }, data: { [column]: key } })
      continue
    }
    const name = names.find((one) => !taken.has(one))
    if (!name) continue
    const id = newId()
    taken.set(name, id)
    made.push({ id, name, [column]: key, nameFrom })
  }
  // ON CONFLICT DO NOTHING: another look makes the same at the same moment. Last: a name may have been another's until now.
  await work.tx.team.createMany({ data: made, skipDuplicates: true })
}
