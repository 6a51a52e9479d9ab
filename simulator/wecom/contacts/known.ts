import type { Deps } from '../../deps.js'
import { type Contact, type Follow, findFollow, isWhole } from '../../state/contacts.js'
import { hasContacts, hasLeft, isInRange } from '../../state/members.js'
import { findPerson, type Person } from '../../world.js'
import { type Outcome, refuse } from '../answer.js'

/**
 * A member whose customers the application may ask for: in its range and in 客户联系「使用范围」. That who isn't in the latter
 * is 84074 (no right on external contacts) is our reading: the pages name no code.
 */
export function findRep(deps: Deps, userid: unknown): Person | Outcome {
  if (typeof userid !== 'string' || !userid) return refuse(40003)
  const person = findPerson(deps.world, userid)
  const { members } = deps.store.state
  if (!person || hasLeft(members, person)) return refuse(60111)
  if (!isInRange(members, person)) return refuse(60011)
  return hasContacts(members, person) ? person : refuse(84074)
}

/** Follows that the application is told of: whole, of members it sees. In the order in which they began. */
export function visibleFollows(deps: Deps): Follow[] {
  return [...deps.store.state.contacts.follows.values()].filter((follow) => isWhole(follow) && isSeen(deps, follow.userid))
}

function isSeen({ world, store }: Deps, userid: string): boolean {
  const person = findPerson(world, userid)
  return person !== undefined && isInRange(store.state.members, person) && hasContacts(store.state.members, person)
}

export const isExternalId = (id: unknown): id is string => typeof id === 'string' && /^w[mo]/.test(id)

/** One member's contact, as `remark` and `mark_tag` name it: 84061 for whoever is no contact of theirs. */
export function findPair(deps: Deps, body: Record<string, unknown>): { contact: Contact; follow: Follow } | Outcome {
  const person = findRep(deps, body.userid)
  if ('errcode' in person) return person
  if (!isExternalId(body.external_userid)) return refuse(40096)
  const { contacts } = deps.store.state
  const follow = findFollow(contacts, person.userid, body.external_userid)
  const contact = contacts.people.get(body.external_userid)
  return follow && contact && isWhole(follow) ? { contact, follow } : refuse(84061)
}
