import type { Person, World } from '../world.js'

/** The organisation is department 1, its teams follow in their order. */
export const ROOT = 1

/** What has become of departments since the world began. */
export type DepartmentFact =
  | { type: 'department-name'; id: number; name: string }
  | { type: 'member-department'; userid: string; id: number }

export type Departments = { names: Map<number, string>; homes: Map<string, number> }

export const createDepartments = (): Departments => ({ names: new Map(), homes: new Map() })

export function applyDepartment(departments: Departments, fact: DepartmentFact): void {
  if (fact.type === 'department-name') departments.names.set(fact.id, fact.name)
  else departments.homes.set(fact.userid, fact.id)
}

type At = { world: World; store: { state: { departments: Departments } } }

export const isDepartment = (world: World, id: number): boolean =>
  Number.isInteger(id) && id >= ROOT && id <= world.teams.length + ROOT

export const nameOf = ({ world, store }: At, id: number): string =>
  store.state.departments.names.get(id) ?? world.teams[id - ROOT - 1] ?? ''

/** Who is in no team is in the root. */
export function departmentOf({ world, store }: At, person: Person): number {
  const moved = store.state.departments.homes.get(person.userid)
  if (moved !== undefined) return moved
  return world.teams.includes(person.team) ? world.teams.indexOf(person.team) + ROOT + 1 : ROOT
}
