import type { Deps } from '../deps.js'
import { hasLeft, isInRange } from '../state/members.js'
import { findPerson } from '../world.js'
import { accept, type Outcome, refuse } from './answer.js'
import { detailsOf } from './departments.js'

/**
 * `GET user/get` [D 90196]: what an application that is not the address book sees of a member. Who left is nobody; whom the
 * application isn't shown to is none of its business.
 */
export function getMember(deps: Deps, query: URLSearchParams): Outcome {
  const userid = query.get('userid')
  if (!userid) return refuse(40003)
  const person = findPerson(deps.world, userid)
  const { members } = deps.store.state
  if (!person || hasLeft(members, person)) return refuse(60111)
  if (!isInRange(members, person)) return refuse(60011)
  return accept(detailsOf(deps, person))
}
