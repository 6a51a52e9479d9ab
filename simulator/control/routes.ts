import { z } from 'zod'
import { revokeInChat, sayInChat } from '../chat.js'
import { faultOrder } from '../faults.js'
import { findFollow } from '../state/contacts.js'
import { isDepartment } from '../state/departments.js'
import { newSecret } from '../wecom/crypto.js'
import type { Fields } from '../wecom/xml.js'
import { enterApp, writeToApp } from './bot.js'
import { sendHandMade, sendRaw, verifyUrl } from './callback.js'
import { contactRoutes } from './contacts.js'
import { deliveryRoutes } from './deliveries.js'
import { dingtalkRoutes } from './dingtalk.js'
import { dingtalkPushRoutes } from './dingtalk-pushes.js'
import { dingtalkThingRoutes } from './dingtalk-things.js'
import { ControlError } from './error.js'
import { groupRoutes } from './groups.js'
import { join, leave, setRange } from './member.js'
import { pressCard } from './press.js'
import { known, post, present, type Route } from './route.js'
import { setLine } from './sms.js'
import { describeState } from './state.js'
import { tagRoutes } from './tags.js'
import { voiceRoutes } from './voice.js'

const userid = z.string().min(1)
const configName = z.enum(['app', 'archive']).default('app')
const entry = z.enum(['single_chat_tools', 'group_chat_tools', 'contact_profile', 'chat_attachment', 'single_kf_tools', 'normal'])
const ENVELOPE = { 'content-type': 'text/xml' }

/** The whole control API: what the desk, the tests and the fault rig may ask. Method and path under `/__standin/`. */
export const ROUTES: Record<string, Route> = {
  ...contactRoutes,
  ...tagRoutes,
  ...groupRoutes,
  ...voiceRoutes,
  ...deliveryRoutes('deliveries', ({ callbacks }) => callbacks),
  ...dingtalkRoutes,
  ...dingtalkPushRoutes,
  ...dingtalkThingRoutes,
  'GET state': ({ deps }) => describeState(deps),
  'GET calls': ({ deps }, { query }) => {
    const [path, since] = [query.get('path'), Number(query.get('since') ?? 0)]
    return deps.store.state.calls.filter((c) => c.seq > since && (!path || c.path === path))
  },
  'GET callbacks': ({ deps }) => [...deps.store.state.callbacks.values()],
  'GET media': ({ deps }) => [...deps.store.state.media.values()],
  'GET faults': ({ faults }) => faults.list(),

  'POST chat': post(
    z.object({ rep: userid, externalUserId: userid, from: z.enum(['customer', 'rep']), text: z.string().min(1) }),
    async (parts, said) => {
      const rep = known(parts, said.rep)
      const follow = findFollow(parts.deps.store.state.contacts, rep, said.externalUserId)
      if (!follow || follow.ended) throw new ControlError(404, `${rep} has no chat with ${said.externalUserId}`)
      return { id: await sayInChat(parts.deps, parts.notice, { ...said, rep }) }
    },
  ),
  'POST revoke': post(z.object({ id: z.string() }), async ({ deps, notice }, { id }) => {
    if (!(await revokeInChat(deps, notice, id))) throw new ControlError(404, 'no such message, or already taken back')
    return {}
  }),
  'POST bot': post(z.object({ userid, text: z.string().min(1) }), (parts, said) =>
    writeToApp(parts.deps, parts.callbacks, { ...said, userid: present(parts, said.userid) }),
  ),
  'POST enter': post(z.object({ userid }), (parts, body) => enterApp(parts.deps, parts.callbacks, present(parts, body.userid))),
  'POST press': post(
    z.object({ userid, taskId: z.string(), key: z.string(), selected: z.record(z.string(), z.array(z.string())).optional() }),
    (parts, press) =>
      pressCard(parts.deps, parts.callbacks, {
        userid: present(parts, press.userid),
        taskId: press.taskId,
        key: press.key,
        ...(press.selected ? { selected: press.selected } : {}),
      }),
  ),
  'POST open': post(
    z.object({ userid, entry, externalUserId: z.string().optional(), chatId: z.string().optional() }),
    async (parts, { userid: id, entry: from, externalUserId, chatId }) => {
      const open = { entry: from, ...(externalUserId ? { externalUserId } : {}), ...(chatId ? { chatId } : {}) }
      await parts.deps.store.record({ type: 'opened', userid: known(parts, id), open })
      return open
    },
  ),
  /** Somebody outside opens a page of the product's in WeChat and lets it know them: the code it would come with. */
  'POST login-code': post(z.object({ externalUserId: z.string().regex(/^w[mo]/) }), async ({ deps }, { externalUserId }) => {
    const code = newSecret(32)
    await deps.store.record({ type: 'login-code', code, userid: externalUserId, at: deps.clock.machine(), outside: true })
    return { code }
  }),
  'POST clipboard': post(z.object({ userid, text: z.string() }), async (parts, body) => {
    await parts.deps.store.record({ type: 'clipboard', userid: known(parts, body.userid), text: body.text })
    return {}
  }),
  /** Forward by so much, or to an instant; one that has passed moves nothing. */
  'POST clock': post(
    z.union([z.object({ advanceMs: z.number().positive() }), z.object({ to: z.iso.datetime({ offset: true }) })]),
    async ({ deps }, move) => {
      const ms = 'to' in move ? Date.parse(move.to) - deps.clock.business() : move.advanceMs
      return { offsetMs: ms > 0 ? await deps.clock.advance(ms) : deps.store.state.offsetMs }
    },
  ),
  'POST leave': post(z.object({ userid }), (parts, body) => leave(parts.deps, parts.callbacks, known(parts, body.userid))),
  'POST join': post(z.object({ userid }), (parts, body) => join(parts.deps, parts.callbacks, known(parts, body.userid))),
  'POST range': post(z.object({ userid, in: z.boolean() }), (parts, body) =>
    setRange(parts.deps, parts.callbacks, known(parts, body.userid), body.in),
  ),
  /** What an administrator changes in the directory: nobody is told, the application looks. */
  'POST department': post(z.object({ id: z.number().int().min(2), name: z.string().min(1) }), async (parts, body) => {
    if (!isDepartment(parts.deps.world, body.id)) throw new ControlError(404, `no department ${body.id}`)
    await parts.deps.store.record({ type: 'department-name', ...body })
    return {}
  }),
  'POST move': post(z.object({ userid, department: z.number().int() }), async (parts, body) => {
    if (!isDepartment(parts.deps.world, body.department)) throw new ControlError(404, `no department ${body.department}`)
    await parts.deps.store.record({ type: 'member-department', userid: known(parts, body.userid), id: body.department })
    return {}
  }),
  'POST licence': post(z.object({ userid, licensed: z.boolean() }), async (parts, body) => {
    await parts.deps.store.record({ type: 'member-licence', userid: known(parts, body.userid), licensed: body.licensed })
    return {}
  }),
  'POST plugin': post(z.object({ userid, plugin: z.boolean() }), async (parts, body) => {
    await parts.deps.store.record({ type: 'member-plugin', userid: known(parts, body.userid), plugin: body.plugin })
    return {}
  }),
  'POST phone': post(
    z
      .object({
        userid: userid.optional(),
        mobile: z.string().optional(),
        mode: z.enum(['on', 'off', 'fails']),
        code: z.string(),
      })
      .partial({ code: true }),
    ({ deps, receipts }, { mode, code = 'MK:0001', ...whose }) =>
      setLine(
        deps,
        receipts,
        { ...(whose.userid ? { userid: whose.userid } : {}), ...(whose.mobile ? { mobile: whose.mobile } : {}) },
        mode === 'fails' ? { mode, code } : { mode },
      ),
  ),
  'POST sms-approval': post(
    z.object({ sign: z.boolean().optional(), template: z.boolean().optional() }),
    async ({ deps }, body) => {
      const { sign, template } = body
      await deps.store.record({
        type: 'sms-approval',
        ...(sign === undefined ? {} : { sign }),
        ...(template === undefined ? {} : { template }),
      })
      return {}
    },
  ),
  'POST archive': post(
    z.object({
      on: z.boolean().optional(),
      consent: z.record(z.string(), z.boolean()).optional(),
      /** Of WECOM_ARCHIVE_KEYS: seals from now on; null for the newest. */
      keyVersion: z.number().int().nullable().optional(),
    }),
    async ({ deps }, { on, consent, keyVersion }) => {
      const set = { ...(on === undefined ? {} : { on }), ...(keyVersion === undefined ? {} : { keyVersion }) }
      await deps.store.record({ type: 'archive-set', ...set, ...(consent ? { consent, at: deps.clock.business() } : {}) })
      return describeState(deps).archive
    },
  ),
  'POST revoke-token': async ({ deps }) => {
    await deps.store.record({ type: 'tokens-revoked' })
    return {}
  },
  'POST faults': post(faultOrder, ({ faults }, fault) => {
    faults.add(fault)
    return faults.list()
  }),
  'DELETE faults': ({ faults }) => {
    faults.clear()
    return []
  },
  'POST callback': post(
    z.looseObject({ config: configName, xml: z.string().optional(), fields: z.record(z.string(), z.unknown()).optional() }),
    ({ deps }, { config, xml, fields, ...rest }) =>
      sendHandMade(deps, config, xml === undefined ? { fields: (fields ?? rest) as Fields } : { xml }),
  ),
  'POST callback/verify': post(z.object({ config: configName }), ({ deps }, { config }) => verifyUrl(deps, config)),
  'POST callback/raw': post(
    z.object({
      path: z.string().startsWith('/'),
      method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('POST'),
      query: z.union([z.string(), z.record(z.string(), z.string())]).default(''),
      body: z.string().default(''),
      headers: z.record(z.string(), z.string()).default(ENVELOPE),
    }),
    ({ deps }, raw) => sendRaw(deps, raw),
  ),
}
