import type { Deps } from '../../deps.js'
import { hasContacts, isInRange } from '../../state/members.js'
import { accept, type Outcome, refuse } from '../answer.js'
import { findRep, isExternalId, visibleFollows } from './known.js'
import { cutPage } from './page.js'
import { showContact, showFollow, showFollowInfo } from './show.js'

/** Followers of one contact on a page [D 92114]. */
const FOLLOWERS = 500

/** `GET externalcontact/get` [D 92114]. Who has no follower that the application sees is nobody to it: 84061. */
export function getContact(deps: Deps, query: URLSearchParams): Outcome {
  const id = query.get('external_userid')
  if (!isExternalId(id)) return refuse(40096)
  const contact = deps.store.state.contacts.people.get(id)
  const follows = visibleFollows(deps).filter((follow) => follow.externalUserId === id)
  if (!contact || follows.length === 0) return refuse(84061)
  const page = cutPage(follows, query.get('cursor'), FOLLOWERS)
  if ('errcode' in page) return page
  return accept({
    external_contact: showContact(contact),
    follow_user: page.rows.map((follow) => showFollow(deps, follow, contact)),
    ...(page.next ? { next_cursor: page.next } : {}),
  })
}

/** `GET externalcontact/list` [D 92113]. A member without customers is answered 84061, as seen on the real host. */
export function listContacts(deps: Deps, query: URLSearchParams): Outcome {
  const rep = findRep(deps, query.get('userid'))
  if ('errcode' in rep) return rep
  const ids = visibleFollows(deps).flatMap((follow) => (follow.userid === rep.userid ? [follow.externalUserId] : []))
  return ids.length > 0 ? accept({ external_userid: ids }) : refuse(84061)
}

/** `POST externalcontact/batch/get_by_user` [D 92994]: at most 100 members, at most 100 pairs a page, 50 unless told. */
export function batchContacts(deps: Deps, body: Record<string, unknown>): Outcome {
  const asked = Array.isArray(body.userid_list) ? body.userid_list : []
  if (asked.length === 0) return refuse(40063, 'empty userid_list')
  if (asked.length > 100) return refuse(40058, 'userid_list more than 100')
  const found = asked.map((userid) => findRep(deps, userid))
  const reps = new Set(found.flatMap((rep) => ('errcode' in rep ? [] : [rep.userid])))
  const [first] = found
  if (reps.size === 0 && first && 'errcode' in first) return first
  const size = Number(body.limit ?? 50)
  if (!Number.isInteger(size) || size < 1) return refuse(40058, 'invalid limit')
  const page = cutPage(
    visibleFollows(deps).filter((follow) => reps.has(follow.userid)),
    body.cursor,
    Math.min(size, 100),
  )
  if ('errcode' in page) return page
  const { people } = deps.store.state.contacts
  const list = page.rows.flatMap((follow) => {
    const contact = people.get(follow.externalUserId)
    return contact ? [{ external_contact: showContact(contact), follow_info: showFollowInfo(deps, follow, contact) }] : []
  })
  return accept({ external_contact_list: list, next_cursor: page.next, fail_info: { unlicensed_userid_list: [] } })
}

/** `GET externalcontact/get_follow_user_list` [D 92571]: who may follow customers, of those the application sees. */
export function listFollowers(deps: Deps): Outcome {
  const { members } = deps.store.state
  const able = deps.world.people.filter((person) => isInRange(members, person) && hasContacts(members, person))
  return accept({ follow_user: able.map((person) => person.userid) })
}
