import { randomBytes } from 'node:crypto'
import type { Deps } from '../../deps.js'
import type { ContactWay } from '../../state/contact-ways.js'
import { accept, type Outcome, refuse } from '../answer.js'
import { findRep } from './known.js'
import { cutPage } from './page.js'

type Body = Record<string, unknown>
const DAY = 86_400_000

/** `POST externalcontact/add_contact_way` [D 92228]. Departments and temporary chats are not played. */
export function addContactWay(deps: Deps, body: Body): Outcome {
  const [type, scene] = [Number(body.type), Number(body.scene)]
  if (type !== 1 && type !== 2) return refuse(40058, 'invalid type')
  if (scene !== 1 && scene !== 2) return refuse(40058, 'invalid scene')
  const configId = randomBytes(16).toString('hex')
  const blank = { configId, type, scene, style: 0, remark: '', skipVerify: true, state: '', users: [], at: deps.clock.business() }
  const way = change(deps, { ...blank, qrCode: scene === 2 ? codeUrl(deps, configId) : null } as ContactWay, body)
  if ('errcode' in way) return way
  const shown = way.qrCode ? { qr_code: way.qrCode } : {}
  return accept({ config_id: configId, ...shown }, [{ type: 'contact-way', way }])
}

/** `POST externalcontact/update_contact_way`: what is given replaces what was there. */
export function updateContactWay(deps: Deps, body: Body): Outcome {
  const known = find(deps, body)
  if ('errcode' in known) return known
  const way = change(deps, known, body)
  return 'errcode' in way ? way : accept({}, [{ type: 'contact-way', way }])
}

/** `POST externalcontact/get_contact_way`. */
export function getContactWay(deps: Deps, body: Body): Outcome {
  const way = find(deps, body)
  if ('errcode' in way) return way
  const { configId, type, scene, style, remark, skipVerify, state, users, qrCode } = way
  const place = scene === 2 ? { qr_code: qrCode } : { style }
  const shown = {
    config_id: configId,
    type,
    scene,
    remark,
    skip_verify: skipVerify,
    state,
    user: users,
    party: [],
    is_temp: false,
  }
  return accept({ contact_way: { ...shown, ...place } })
}

/** `POST externalcontact/list_contact_way`: those of the last 90 days unless told, 100 a page unless told. */
export function listContactWays(deps: Deps, body: Body): Outcome {
  const now = deps.clock.business()
  const from = body.start_time === undefined ? now - 90 * DAY : Number(body.start_time) * 1000
  const until = body.end_time === undefined ? now : Number(body.end_time) * 1000
  const size = Number(body.limit ?? 100)
  if (!Number.isInteger(size) || size < 1 || size > 1_000) return refuse(40058, 'invalid limit')
  const all = [...deps.store.state.contactWays.values()].filter((way) => way.at >= from && way.at <= until)
  const page = cutPage(all, body.cursor, size)
  if ('errcode' in page) return page
  return accept({ contact_way: page.rows.map((way) => ({ config_id: way.configId })), next_cursor: page.next })
}

/** `POST externalcontact/del_contact_way`. */
export function deleteContactWay(deps: Deps, body: Body): Outcome {
  const way = find(deps, body)
  return 'errcode' in way ? way : accept({}, [{ type: 'contact-way-deleted', configId: way.configId }])
}

function find(deps: Deps, body: Body): ContactWay | Outcome {
  return deps.store.state.contactWays.get(String(body.config_id ?? '')) ?? refuse(40058, 'invalid config_id')
}

function change(deps: Deps, way: ContactWay, body: Body): ContactWay | Outcome {
  const users = Array.isArray(body.user) ? body.user : way.users
  if (way.type === 1 && users.length !== 1) return refuse(40058, 'single contact way needs one user')
  if (users.length === 0) return refuse(40063, 'empty user')
  if (users.length > 100) return refuse(40058, 'more than 100 users')
  const reps = users.map((userid) => findRep(deps, userid))
  const wrong = reps.find((rep) => 'errcode' in rep)
  if (wrong && 'errcode' in wrong) return wrong
  const [remark, state] = [String(body.remark ?? way.remark), String(body.state ?? way.state)]
  if ([...remark].length > 30) return refuse(40058, 'remark too long')
  if ([...state].length > 30) return refuse(40058, 'state too long')
  const skipVerify = typeof body.skip_verify === 'boolean' ? body.skip_verify : way.skipVerify
  const named = reps.flatMap((rep) => ('errcode' in rep ? [] : [rep.userid]))
  return { ...way, users: named, remark, state, skipVerify, style: Number(body.style ?? way.style) }
}

/** The real one is a picture at the platform's; here the desk draws it. */
const codeUrl = ({ settings }: Deps, configId: string) => {
  const { protocol, host } = settings.publicUrl
  return `${protocol}//desk.${host}/wwqr/${configId}.svg`
}
