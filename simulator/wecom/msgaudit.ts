import type { Deps } from '../deps.js'
import { hasConsent } from '../state/chats.js'
import { findFollow } from '../state/contacts.js'
import { hasLeft, isArchived } from '../state/members.js'
import { findPerson } from '../world.js'
import { accept, type Outcome, refuse } from './answer.js'

const seconds = (ms: number) => Math.floor(ms / 1000)

/** `POST msgaudit/get_permit_user_list` [D 91614]: who has a seat of the archive. One edition is played here. */
export function listArchived(deps: Deps): Outcome {
  const { members } = deps.store.state
  const seats = deps.world.people.filter((person) => !hasLeft(members, person) && isArchived(members, person))
  return accept({ ids: seats.map((person) => person.userid) })
}

/** `POST msgaudit/check_single_agree` [D 91782]; `exteranalopenid` is how the platform spells it. */
export function checkSingleAgree(deps: Deps, body: Record<string, unknown>): Outcome {
  const info = Array.isArray(body.info) ? (body.info as { userid?: unknown; exteranalopenid?: unknown }[]) : []
  if (info.length === 0) return refuse(40063, 'empty info')
  if (info.length > 100) return refuse(40058, 'more than 100')
  const { chats, contacts } = deps.store.state
  const agreeinfo = info.flatMap(({ userid, exteranalopenid }) => {
    const [user, id] = [String(userid), String(exteranalopenid)]
    const person = findPerson(deps.world, user)
    const follow = person && findFollow(contacts, person.userid, id)
    if (!follow) return []
    const agree_status = hasConsent(chats, id) ? 'Agree' : 'Disagree'
    const status_change_time = seconds(chats.consentAt.get(id) ?? follow.at)
    return [{ status_change_time, userid: user, exteranalopenid: id, agree_status }]
  })
  return accept({ agreeinfo })
}

/** `POST msgaudit/check_room_agree` [D 91782]: the people outside in a group. */
export function checkRoomAgree(deps: Deps, body: Record<string, unknown>): Outcome {
  const { chats, customerGroups } = deps.store.state
  const group = customerGroups.get(String(body.roomid ?? ''))
  if (!group) return refuse(40050)
  const agreeinfo = group.members
    .filter((one) => !one.ours)
    .map(({ key, at }) => ({
      status_change_time: seconds(chats.consentAt.get(key) ?? at),
      exteranalopenid: key,
      agree_status: hasConsent(chats, key) ? 'Agree' : 'Disagree',
    }))
  return accept({ agreeinfo })
}
