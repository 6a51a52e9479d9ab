import type { Deps } from '../../deps.js'
import { hasContacts, isInRange } from '../../state/members.js'
import { findPerson } from '../../world.js'
import type { Fields } from '../xml.js'

/**
 * Events of 客户联系 [D 92130]: from `sys`, of what people do in their clients and the administrator in the console; what is
 * done through the API calls back nothing. Null: the application is not told, because it may not call 客户联系 or because
 * the member is out of its range or of 客户联系「使用范围」.
 */
function told(deps: Deps, userid: string | null, fields: Fields): Fields | null {
  const { contacts, members } = deps.store.state
  if (!contacts.callable) return null
  const person = userid === null ? null : findPerson(deps.world, userid)
  if (person === undefined || (person && !(isInRange(members, person) && hasContacts(members, person)))) return null
  return { MsgType: 'event', ...fields }
}

type Pair = { userid: string; externalUserId: string }
type Changed =
  | 'add_external_contact'
  | 'add_half_external_contact'
  | 'edit_external_contact'
  | 'del_external_contact'
  | 'del_follow_user'
  | 'transfer_fail'
  | 'msg_audit_approved'

/** `more`: State, WelcomeCode, Source or FailReason, where there is one. */
export function contactEvent(deps: Deps, change: Changed, { userid, externalUserId }: Pair, more: Fields = {}): Fields | null {
  const { FailReason, ...rest } = more
  const before: Fields = FailReason === undefined ? {} : { FailReason }
  const about = { Event: 'change_external_contact', ChangeType: change, ...before }
  return told(deps, userid, { ...about, UserID: userid, ExternalUserID: externalUserId, ...rest })
}

/** Told to applications that see the owner. */
export function groupEvent(
  deps: Deps,
  group: { chatId: string; owner: string },
  change: string,
  more: Fields = {},
): Fields | null {
  return told(deps, group.owner, { Event: 'change_external_chat', ChatId: group.chatId, ChangeType: change, ...more })
}

/** StrategyId is for the system's own application only. A shuffle names a group or, with an empty Id, all of them. */
export function tagEvent(deps: Deps, change: string, id: string, kind: 'tag' | 'tag_group' | null): Fields | null {
  return told(deps, null, { Event: 'change_external_tag', Id: id, ...(kind ? { TagType: kind } : {}), ChangeType: change })
}
