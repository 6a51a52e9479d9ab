import type { Deps } from '../../deps.js'
import type { Notes } from '../../state/contacts.js'
import { accept, type Outcome, refuse } from '../answer.js'
import { findPair } from './known.js'

const LENGTHS = { remark: 20, description: 150, remark_company: 20 }

/**
 * `POST externalcontact/remark` [D 92115]: what is given replaces what was there, phones all together; `[""]` clears them.
 * A company is noted of WeChat users only. Calls back nothing, as nothing that is done through the API does.
 */
export function remarkContact(deps: Deps, body: Record<string, unknown>): Outcome {
  const pair = findPair(deps, body)
  if ('errcode' in pair) return pair
  const { remark, description, remark_company: company, remark_mobiles: mobiles, remark_pic_mediaid: picture } = body
  if ([remark, description, company, mobiles, picture].every((given) => given === undefined)) return refuse(40063, 'empty param')
  for (const [name, most] of Object.entries(LENGTHS)) {
    const given = body[name]
    if (given !== undefined && (typeof given !== 'string' || [...given].length > most)) return refuse(40058, `invalid ${name}`)
  }
  if (mobiles !== undefined && !(Array.isArray(mobiles) && mobiles.every((one) => typeof one === 'string')))
    return refuse(40058, 'invalid remark_mobiles')
  const notes: Partial<Notes> = {
    ...(typeof remark === 'string' ? { remark } : {}),
    ...(typeof description === 'string' ? { description } : {}),
    ...(typeof company === 'string' && pair.contact.type === 1 ? { company } : {}),
    ...(Array.isArray(mobiles) ? { mobiles: mobiles.filter(Boolean).map(String) } : {}),
  }
  const { userid, externalUserId } = pair.follow
  return accept({}, [{ type: 'follow-notes', userid, externalUserId, notes }])
}
