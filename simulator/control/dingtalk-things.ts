import { z } from 'zod'
import { issueCode } from '../dingtalk/login.js'
import { findMember, groupById } from '../dingtalk/people.js'
import type { Contact, Customer } from '../state/dingtalk/contacts.js'
import { newSecret } from '../wecom/crypto.js'
import { dingtalkOf } from './dingtalk-pushes.js'
import { ControlError } from './error.js'
import { type Parts, post, type Route } from './route.js'

const text = z.string().default('')
const userid = z.string().min(1)

const account = ({ deps }: Parts, id: string) => {
  const member = findMember(deps, id)
  if (!member) throw new ControlError(404, `no member ${id}`)
  return member.dingtalk
}

/** What members do with what came to them, and the directory of people outside as DingTalk itself keeps it. */
export const dingtalkThingRoutes: Record<string, Route> = {
  /** The code that a page in this member's client would get. */
  'POST dingtalk/login-code': post(z.object({ userid }), async (parts, body) => {
    const { code, fact } = issueCode(parts.deps, account(parts, body.userid).userid)
    await parts.deps.store.record(fact)
    return { code }
  }),
  /** A work notification is opened. */
  'POST dingtalk/read-notice': post(z.object({ userid, taskId: z.number() }), async (parts, body) => {
    const { deps } = parts
    const reader = account(parts, body.userid).userid
    const notice = deps.store.state.dingtalk.notices.get(body.taskId)
    if (!notice?.to.includes(reader)) throw new ControlError(404, `${reader} has no notice ${body.taskId}`)
    await deps.store.record({ type: 'ding-notice-read', taskId: body.taskId, userid: reader })
    return {}
  }),
  /** Ticks a to-do off in the client, or takes the tick back; told as `todo_task_update`. */
  'POST dingtalk/tick': post(z.object({ userid, id: z.string(), done: z.boolean().default(true) }), async (parts, body) => {
    const { deps } = parts
    const { unionid, userid: staffId } = account(parts, body.userid)
    const todo = deps.store.state.dingtalk.todos.byId.get(body.id)
    if (!todo?.executorIds.includes(unionid)) throw new ControlError(404, `${staffId} has no to-do ${body.id}`)
    const doneBy = [...todo.doneBy.filter((id) => id !== unionid), ...(body.done ? [unionid] : [])]
    const changed = { ...todo, doneBy, modifierId: unionid, changedAt: deps.clock.business() }
    const { pusher } = dingtalkOf(parts)
    const data = { taskId: todo.id, sourceId: todo.sourceId, operatorId: unionid, done: body.done }
    const told = pusher.prepare({ kind: 'event', eventType: 'todo_task_update', data })
    await deps.store.record({ type: 'ding-todo', todo: changed }, told)
    void pusher.send(told.id)
    return {}
  }),
  /** A member puts our 酷应用 into an internal group, or takes it out. */
  'POST dingtalk/cool-app': post(
    z.object({ group: z.string(), userid, installed: z.boolean().default(true) }),
    async (parts, body) => {
      const { deps } = parts
      const { pusher, settings } = dingtalkOf(parts)
      const group = groupById(deps, body.group)
      if (!group) throw new ControlError(404, `no group ${body.group}`)
      const code = deps.store.state.dingtalk.robot.coolApps.get(group.id) ?? `COOLAPP-1-${newSecret(12).toUpperCase()}`
      const data = {
        openConversationId: group.id,
        coolAppCode: code,
        robotCode: settings.robotCode,
        operator: account(parts, body.userid).unionid,
        operateTime: deps.clock.business(),
      }
      const told = pusher.prepare({ kind: 'event', eventType: `im_cool_app_${body.installed ? 'install' : 'uninstall'}`, data })
      await deps.store.record({ type: 'ding-cool-app', group: group.id, code: body.installed ? code : null }, told)
      void pusher.send(told.id)
      return { coolAppCode: code }
    },
  ),
  /** A colleague adds or changes somebody outside. No event of it comes to an application of the organisation's own. */
  'POST dingtalk/contact': post(
    z.object({
      userid: z.string().optional(),
      name: z.string().min(1),
      mobile: z.string(),
      follower: userid,
      company: text,
      title: text,
      remark: text,
      labelIds: z.array(z.number()).default([50_002]),
    }),
    async (parts, { userid: id, follower, ...given }) => {
      const { deps } = parts
      const known = id ? deps.store.state.dingtalk.contacts.byId.get(id) : undefined
      const contact: Contact = {
        stateCode: '86',
        address: '',
        shareUserIds: [],
        shareDeptIds: [],
        at: deps.clock.business(),
        ...known,
        ...given,
        userid: id ?? `ext${newSecret(9).replaceAll(/[-_]/g, '0')}`,
        follower: account(parts, follower).userid,
      }
      await deps.store.record({ type: 'ding-contact', contact })
      return { userid: contact.userid }
    },
  ),
  'POST dingtalk/contact/delete': post(z.object({ userid }), async ({ deps }, body) => {
    await deps.store.record({ type: 'ding-contact-deleted', userid: body.userid })
    return {}
  }),
  /** A colleague adds or changes a customer in the CRM; told as `ding_paas_object_data_create` and `_update`. */
  'POST dingtalk/customer': post(
    z.object({
      id: z.string().optional(),
      owner: userid,
      personal: z.boolean().default(false),
      data: z.record(z.string(), z.unknown()),
    }),
    async (parts, { id, owner, personal, data }) => {
      const { deps } = parts
      const who = account(parts, owner).userid
      const known = id ? deps.store.state.dingtalk.contacts.customers.get(id) : undefined
      const at = deps.clock.business()
      const customer: Customer = {
        relation: personal ? 'crm_customer_personal' : 'crm_customer',
        extendData: {},
        creator: who,
        participants: [],
        at,
        ...known,
        data: { ...known?.data, ...data },
        id: id ?? newSecret(18),
        owners: [who],
        changedAt: at,
      }
      const { pusher } = dingtalkOf(parts)
      const eventType = known ? 'ding_paas_object_data_update' : 'ding_paas_object_data_create'
      const told = { objectType: customer.relation, instanceId: customer.id, operatorUserId: who, gmtModified: at }
      const fact = pusher.prepare({ kind: 'event', eventType, data: told })
      await deps.store.record({ type: 'ding-customer', customer }, fact)
      void pusher.send(fact.id)
      return { id: customer.id }
    },
  ),
}
