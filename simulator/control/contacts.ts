import { z } from 'zod'
import { type Follow, findFollow, isWhole } from '../state/contacts.js'
import { contactEvent } from '../wecom/contacts/events.js'
import type { Fields } from '../wecom/xml.js'
import { addAll, addOrder } from './add-contact.js'
import { ControlError } from './error.js'
import { happen, known, type Parts, post, type Route } from './route.js'

const text = z.string().min(1)

const pair = z.object({ rep: text, externalUserId: text })
function find(parts: Parts, { rep, externalUserId }: z.infer<typeof pair>): Follow {
  const follow = findFollow(parts.deps.store.state.contacts, known(parts, rep), externalUserId)
  if (!follow || follow.ended) throw new ControlError(404, `${rep} has no ${externalUserId}`)
  return follow
}

export const contactRoutes: Record<string, Route> = {
  /** One or several at once; several have the same second. */
  'POST contacts/add': post(z.union([z.object({ adds: z.array(addOrder).min(1) }), addOrder]), (parts, body) =>
    addAll(parts, 'adds' in body ? body.adds : [body]),
  ),
  /** The rep confirms who came without being asked: add_external_contact after add_half. */
  'POST contacts/confirm': post(pair, (parts, body) => {
    const follow = find(parts, body)
    if (!follow.half) throw new ControlError(409, 'is confirmed already')
    const { remark, company, mobiles } = follow
    return addAll(parts, [addOrder.parse({ ...body, remark, company, mobiles })])
  }),
  /** What a rep notes in the client. Tags by id; `ownTags` by name. */
  'POST contacts/edit': post(
    pair.extend({
      remark: z.string().optional(),
      description: z.string().optional(),
      company: z.string().optional(),
      mobiles: z.array(z.string()).optional(),
      tags: z.array(z.string()).optional(),
      ownTags: z.array(z.string()).optional(),
    }),
    async (parts, { rep, externalUserId, ...rest }) => {
      const { userid } = find(parts, { rep, externalUserId })
      const notes = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
      const event = contactEvent(parts.deps, 'edit_external_contact', { userid, externalUserId })
      await happen(parts, [{ type: 'follow-notes', userid, externalUserId, notes }], [event])
      return {}
    },
  ),
  /** The rep removes the customer, or the customer the rep. `transfer`: it was a hand-over that removed. */
  'POST contacts/remove': post(
    pair.extend({ by: z.enum(['rep', 'customer']).default('rep'), transfer: z.boolean().default(false) }),
    async (parts, { by, transfer, ...which }) => {
      const { userid, externalUserId } = find(parts, which)
      const change = by === 'rep' ? 'del_external_contact' : 'del_follow_user'
      const more: Fields = transfer && by === 'rep' ? { Source: 'DELETE_BY_TRANSFER' } : {}
      const at = parts.deps.clock.business()
      const event = contactEvent(parts.deps, change, { userid, externalUserId }, more)
      await happen(parts, [{ type: 'follow-end', userid, externalUserId, by, at }], [event])
      return {}
    },
  ),
  /** A hand-over that the customer refused, or that found the taker full. `rep` is the taker. */
  'POST contacts/transfer-fail': post(
    pair.extend({ reason: z.enum(['customer_refused', 'customer_limit_exceed']).default('customer_refused') }),
    async (parts, { rep, externalUserId, reason }) => {
      const event = contactEvent(
        parts.deps,
        'transfer_fail',
        { userid: known(parts, rep), externalUserId },
        { FailReason: reason },
      )
      await happen(parts, [], [event])
      return {}
    },
  ),
  /** The people outside change what they show of themselves; nobody is told. */
  'POST contacts/profile': post(
    z.object({
      externalUserId: text,
      name: text.optional(),
      avatar: z.string().optional(),
      unionid: text.optional(),
      position: z.string().optional(),
      corpName: z.string().optional(),
    }),
    async ({ deps }, { externalUserId, ...rest }) => {
      const contact = deps.store.state.contacts.people.get(externalUserId)
      if (!contact) throw new ControlError(404, `nobody ${externalUserId}`)
      const changed = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
      await deps.store.record({ type: 'contact', contact: { ...contact, ...changed } })
      return {}
    },
  ),
  /** 客户联系「可调用接口的应用」 with the application in it or not. */
  'POST contacts/api': post(z.object({ on: z.boolean() }), async ({ deps }, { on }) => {
    await deps.store.record({ type: 'contact-api', on })
    return {}
  }),
  /** 客户联系「使用范围」 and the seats of the archive, for one member. */
  'POST contacts/scope': post(
    z.object({ userid: text, contact: z.boolean().optional(), archive: z.boolean().optional() }),
    async (parts, { userid, contact, archive }) => {
      const set = { ...(contact === undefined ? {} : { contact }), ...(archive === undefined ? {} : { archive }) }
      await parts.deps.store.record({ type: 'member-contact', userid: known(parts, userid), ...set })
      return {}
    },
  ),
}

/** Whose contacts somebody is, as the archive's events name them. */
export const repsOf = ({ deps }: Parts, externalUserId: string): string[] =>
  [...deps.store.state.contacts.follows.values()].flatMap((follow) =>
    follow.externalUserId === externalUserId && isWhole(follow) && !follow.ended ? [follow.userid] : [],
  )
