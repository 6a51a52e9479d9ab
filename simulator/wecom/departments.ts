import type { Deps } from '../deps.js'
import { departmentOf, isDepartment, nameOf, ROOT } from '../state/departments.js'
import { isInRange } from '../state/members.js'
import { findPerson, type Person } from '../world.js'
import { accept, type Outcome, refuse } from './answer.js'

/** Members of one department whom the application sees; `deep` those under it too. */
function membersOf(deps: Deps, query: URLSearchParams): { person: Person; department: number }[] | null {
  const id = Number(query.get('department_id'))
  if (!isDepartment(deps.world, id)) return null
  const deep = query.get('fetch_child') === '1' && id === ROOT
  return deps.world.people.flatMap((person) => {
    const department = departmentOf(deps, person)
    return isInRange(deps.store.state.members, person) && (department === id || deep) ? [{ person, department }] : []
  })
}

/** Leads of a team, as far as the application sees them. */
const leadersOf = (deps: Deps, id: number): Person[] =>
  deps.world.people.filter(
    (person) => person.roles.includes('lead') && departmentOf(deps, person) === id && isInRange(deps.store.state.members, person),
  )

/** `GET department/list` [D 90208]: all, or one and those under it. The organisation is department 1. */
export function listDepartments(deps: Deps, query: URLSearchParams): Outcome {
  const { organisation, teams } = deps.world
  const under = teams.map((_, n) => {
    const id = n + ROOT + 1
    const leaders = leadersOf(deps, id).map((person) => person.userid)
    return { id, name: nameOf(deps, id), parentid: ROOT, order: 1, department_leader: leaders }
  })
  const all = [{ id: ROOT, name: organisation.name, parentid: 0, order: 100_000_000, department_leader: [] }, ...under]
  const id = query.get('id')
  const found = id === null || id === '' || id === `${ROOT}` ? all : all.filter((one) => `${one.id}` === id)
  return found.length > 0 ? accept({ department: found }) : refuse(60003)
}

/** `GET user/simplelist` [D 90200]. */
export function listMembers(deps: Deps, query: URLSearchParams): Outcome {
  const found = membersOf(deps, query)
  if (!found) return refuse(60003)
  return accept({
    userlist: found.map(({ person: { userid, name }, department }) => ({
      userid,
      name,
      department: [department],
      open_userid: '',
    })),
  })
}

/** `GET user/list` [D 90201]. */
export function listMemberDetails(deps: Deps, query: URLSearchParams): Outcome {
  const found = membersOf(deps, query)
  return found ? accept({ userlist: found.map(({ person }) => detailsOf(deps, person)) }) : refuse(60003)
}

/** What an application that is not the address book sees of a member: no phone, mail or picture since 2022 [D 90196]. */
export function detailsOf(deps: Deps, person: Person) {
  const department = departmentOf(deps, person)
  const above = person.manager ? findPerson(deps.world, person.manager) : undefined
  const seen = above && isInRange(deps.store.state.members, above)
  return {
    userid: person.userid,
    name: person.name,
    position: person.title,
    status: 1,
    department: [department],
    order: [0],
    main_department: department,
    is_leader_in_dept: [leadersOf(deps, department).includes(person) ? 1 : 0],
    direct_leader: seen ? [above.userid] : [],
  }
}
