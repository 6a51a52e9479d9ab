import { z } from 'zod'
import { type Contact, type Follow, findFollow } from '../state/contacts.js'
import type { Fact } from '../state/state.js'
import { contactEvent } from '../wecom/contacts/events.js'
import { newSecret } from '../wecom/crypto.js'
import type { Fields } from '../wecom/xml.js'
import { ControlError } from './error.js'
import { happen, known, type Parts } from './route.js'

const text = z.string().min(1)

/** Somebody becomes a contact of a rep. A known `externalUserId` is the same person again, at another rep or anew. */
export const addOrder = z.object({
  rep: text.optional(),
  /** The code that was scanned: brings the rep and the state. */
  way: text.optional(),
  externalUserId: z
    .string()
    .regex(/^w[mo]/)
    .optional(),
  name: text.default('新朋友'),
  type: z.union([z.literal(1), z.literal(2)]).default(1),
  unionid: text.optional(),
  avatar: z.string().default(''),
  company: z.string().default(''),
  mobiles: z.array(z.string()).default([]),
  remark: z.string().optional(),
  state: z.string().max(30).optional(),
  /** 免验证: the rep has not confirmed yet. */
  half: z.boolean().default(false),
  addWay: z.number().int().optional(),
  by: z.enum(['customer', 'rep']).default('customer'),
  /** False: the console has welcome words of its own, so no code comes. */
  welcome: z.boolean().default(true),
})
type Add = z.infer<typeof addOrder>
type Made = { facts: Fact[]; event: Fields | null; externalUserId: string; rep: string; welcomeCode: string | null }

function add(parts: Parts, order: Add): Made {
  const { deps } = parts
  const { contacts, contactWays } = deps.store.state
  const way = order.way === undefined ? undefined : contactWays.get(order.way)
  if (order.way !== undefined && !way) throw new ControlError(404, `no contact way ${order.way}`)
  const rep = known(parts, order.rep ?? way?.users[0] ?? '')
  const externalUserId = order.externalUserId ?? `wm${newSecret(20)}`
  const contact = contacts.people.get(externalUserId) ?? contactOf(externalUserId, order)
  const before = findFollow(contacts, rep, externalUserId)
  if (before && !before.ended && (!before.half || order.half)) throw new ControlError(409, `${rep} has ${externalUserId} already`)

  const at = deps.clock.business()
  const confirmed = before?.half && !before.ended ? before : null
  const state = confirmed?.state ?? order.state ?? way?.state ?? ''
  const follow: Follow = {
    userid: rep,
    externalUserId,
    at: confirmed?.at ?? at,
    addWay: confirmed?.addWay ?? order.addWay ?? (way ? 1 : 2),
    operUserid: order.by === 'rep' ? rep : externalUserId,
    state,
    half: order.half,
    ended: null,
    remark: order.remark ?? contact.name,
    description: '',
    company: contact.type === 1 ? order.company : '',
    mobiles: order.mobiles,
    tags: [],
    ownTags: [],
  }
  const begun = [...contacts.welcomes.values()].some(
    (one) => one.userid === rep && one.externalUserId === externalUserId && one.used,
  )
  const talked = (deps.store.state.chats.chats.get(`${rep}|${externalUserId}`)?.messages ?? []).some((m) => m.at >= follow.at)
  const welcomeCode = order.welcome && contact.type === 1 && !begun && !talked ? newSecret(24) : null
  const facts: Fact[] = [
    { type: 'contact', contact },
    { type: 'follow', follow },
    ...(welcomeCode
      ? [{ type: 'welcome-code', code: welcomeCode, userid: rep, externalUserId, machineAt: deps.clock.machine() } as const]
      : []),
  ]
  const more = { ...(state ? { State: state } : {}), ...(welcomeCode ? { WelcomeCode: welcomeCode } : {}) }
  const change = order.half ? 'add_half_external_contact' : 'add_external_contact'
  return { facts, event: contactEvent(deps, change, { userid: rep, externalUserId }, more), externalUserId, rep, welcomeCode }
}

const contactOf = (externalUserId: string, order: Add): Contact => ({
  externalUserId,
  name: order.name,
  avatar: order.avatar,
  type: order.type,
  gender: 0,
  unionid: order.unionid ?? null,
  position: '',
  corpName: order.type === 2 ? order.company : '',
  corpFullName: order.type === 2 ? order.company : '',
})

/** All in the same second, in the order given. */
export async function addAll(parts: Parts, orders: Add[]) {
  const made = orders.map((order) => add(parts, order))
  await happen(
    parts,
    made.flatMap((one) => one.facts),
    made.map((one) => one.event),
  )
  return { added: made.map(({ externalUserId, rep, welcomeCode }) => ({ externalUserId, rep, welcomeCode })) }
}
