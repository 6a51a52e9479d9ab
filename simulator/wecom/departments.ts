import type { Deps } from '../deps.js'
import { isInRange } from '../state/members.js'
import type { Person, World } from '../world.js'
import { accept, type Outcome, refuse } from './answer.js'

/** The organisation is department 1, its teams follow in their order. */
const ROOT = 1
const idOf = (world: World, team: string) => world.teams.indexOf(team) + ROOT + 1

/** Who is in no team is in the root. */
export const departmentOf = (world: World, person: Person): number =>
  world.teams.includes(person.team) ? idOf(world, person.team) : ROOT

/** `GET department/list` [D 90208]: all, or one and those under it. */
export function listDepartments(deps: Deps, query: URLSearchParams): Outcome {
  const { organisation, teams } = deps.world
  const all = [
    { id: ROOT, name: organisation.name, parentid: 0, order: 100_000_000, department_leader: [] },
    ...teams.map((name) => ({ id: idOf(deps.world, name), name, parentid: ROOT, order: 1, department_leader: [] })),
  ]
  const id = query.get('id')
  const found = id === null || id === '' || id === `${ROOT}` ? all : all.filter((one) => `${one.id}` === id)
  return found.length > 0 ? accept({ department: found }) : refuse(60003)
}

/** `GET user/simplelist` [D 90200]: members of one department whom the application sees. */
export function listMembers(deps: Deps, query: URLSearchParams): Outcome {
  const id = Number(query.get('department_id'))
  if (!Number.isInteger(id) || id < ROOT || id > deps.world.teams.length + ROOT) return refuse(60003)
  const deep = query.get('fetch_child') === '1' && id === ROOT
  const list = deps.world.people.flatMap((person) => {
    const department = departmentOf(deps.world, person)
    if (!isInRange(deps.store.state.members, person) || (department !== id && !deep)) return []
    return [{ userid: person.userid, name: person.name, department: [department], open_userid: '' }]
  })
  return accept({ userlist: list })
}
