import type { Deps } from '../deps.js'
import type { Member } from './people.js'

export const ROOT = 1

/** Teams are departments under the organisation's: WeCom's first, then those that are only here. Numbers are ours. */
export function departments({ world }: Deps): { id: number; name: string; parent: number }[] {
  const teams = [...world.teams, ...world.dingtalkTeams].map((name, n) => ({ id: 900_000_001 + n, name, parent: ROOT }))
  return [{ id: ROOT, name: world.organisation.name, parent: 0 }, ...teams]
}

export const departmentOf = (deps: Deps, { team }: Member): number =>
  departments(deps).find(({ name, parent }) => parent === ROOT && name === team)?.id ?? ROOT

export const isLead = ({ roles }: Member): boolean => roles.includes('lead')
