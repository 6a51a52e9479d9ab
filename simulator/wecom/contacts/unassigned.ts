import type { Deps } from '../../deps.js'
import { isWhole } from '../../state/contacts.js'
import { accept, type Outcome, refuse } from '../answer.js'

/** `POST externalcontact/get_unassigned_list` [D 92124]: customers whom members left behind, newest leavers first. */
export function listUnassigned(deps: Deps, body: Record<string, unknown>): Outcome {
  const size = Number(body.page_size ?? 1_000)
  if (!Number.isInteger(size) || size < 1 || size > 1_000) return refuse(40058, 'page_size not 1 to 1000')
  const from = body.cursor ? Number(body.cursor) : Number(body.page_id ?? 0) * size
  if (!Number.isInteger(from) || from < 0) return refuse(40058, 'invalid cursor')
  const { members, contacts } = deps.store.state
  const all = [...contacts.follows.values()]
    .filter(isWhole)
    .flatMap(({ userid, externalUserId }) => {
      const at = members.left.get(userid)
      return at === undefined
        ? []
        : [{ handover_userid: userid, external_userid: externalUserId, dimission_time: Math.floor(at / 1000) }]
    })
    .sort((a, b) => b.dimission_time - a.dimission_time)
  const end = from + size
  const isLast = end >= all.length
  return accept({ info: all.slice(from, end), is_last: isLast, next_cursor: isLast ? '' : String(end) })
}
