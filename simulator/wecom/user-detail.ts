import type { Deps } from '../deps.js'
import { USER_TICKET_SECONDS } from '../state/access.js'
import { findPerson } from '../world.js'
import { accept, type Outcome, refuse } from './answer.js'

/**
 * `POST auth/getuserdetail` [D 95833]: what a member allowed. A ticket is good for 1800 s; that it is good once is read
 * here, as for codes (the page says only how long). What they didn't allow is left out.
 */
export function getUserDetail(deps: Deps, body: Record<string, unknown>): Outcome {
  const value = String(body.user_ticket ?? '')
  const ticket = deps.store.state.access.userTickets.get(value)
  if (!ticket || ticket.used) return refuse(40029, 'invalid user_ticket')
  if (deps.clock.machine() - ticket.at > USER_TICKET_SECONDS * 1_000) return refuse(42003, 'user_ticket expired')
  const person = findPerson(deps.world, ticket.userid)
  if (!person) return refuse(60111)
  const allowed = ticket.grants ? { mobile: person.mobile ?? '', email: '', biz_mail: person.mail ?? '' } : {}
  return accept({ userid: person.userid, gender: '0', avatar: '', ...allowed }, [{ type: 'user-ticket-used', ticket: value }])
}
