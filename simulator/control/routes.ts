import { z } from 'zod'
import { revokeInChat, sayInChat } from '../chat.js'
import type { Deps } from '../deps.js'
import { type Faults, faultOrder } from '../faults.js'
import type { ArchiveNotice } from '../wecom/archive-notice.js'
import type { Callbacks } from '../wecom/callbacks.js'
import type { Fields } from '../wecom/xml.js'
import { findCustomer, findPerson } from '../world.js'
import { enterApp, writeToApp } from './bot.js'
import { sendHandMade, sendRaw, verifyUrl } from './callback.js'
import { ControlError } from './error.js'
import { pressCard } from './press.js'
import { describeState } from './state.js'

export type Parts = { deps: Deps; faults: Faults; callbacks: Callbacks; notice: ArchiveNotice }
type Input = { query: URLSearchParams; body: unknown }
type Route = (parts: Parts, input: Input) => unknown

const userid = z.string().min(1)
const configName = z.enum(['app', 'archive']).default('app')
const entry = z.enum(['single_chat_tools', 'group_chat_tools', 'contact_profile', 'chat_attachment', 'single_kf_tools', 'normal'])
const ENVELOPE = { 'content-type': 'text/xml' }

const post =
  <T extends z.ZodType>(shape: T, run: (parts: Parts, body: z.infer<T>) => unknown): Route =>
  (parts, { body }) =>
    run(parts, shape.parse(body))

const known = ({ deps }: Parts, id: string) => {
  const person = findPerson(deps.world, id)
  if (!person) throw new ControlError(404, `no member ${id}`)
  return person.userid
}

/** The whole control API: what the desk, the tests and the fault rig may ask. Method and path under `/__standin/`. */
export const ROUTES: Record<string, Route> = {
  'GET state': ({ deps }) => describeState(deps),
  'GET calls': ({ deps }, { query }) => {
    const [path, since] = [query.get('path'), Number(query.get('since') ?? 0)]
    return deps.store.state.calls.filter((c) => c.seq > since && (!path || c.path === path))
  },
  'GET callbacks': ({ deps }) => [...deps.store.state.callbacks.values()],
  'GET faults': ({ faults }) => faults.list(),

  'POST chat': post(
    z.object({ rep: userid, externalUserId: userid, from: z.enum(['customer', 'rep']), text: z.string().min(1) }),
    async (parts, said) => {
      const rep = known(parts, said.rep)
      if (findCustomer(parts.deps.world, said.externalUserId)?.rep !== rep)
        throw new ControlError(404, `${rep} has no chat with ${said.externalUserId}`)
      return { id: await sayInChat(parts.deps, parts.notice, { ...said, rep }) }
    },
  ),
  'POST revoke': post(z.object({ id: z.string() }), async ({ deps, notice }, { id }) => {
    if (!(await revokeInChat(deps, notice, id))) throw new ControlError(404, 'no such message, or already taken back')
    return {}
  }),
  'POST bot': post(z.object({ userid, text: z.string().min(1) }), (parts, said) =>
    writeToApp(parts.deps, parts.callbacks, { ...said, userid: known(parts, said.userid) }),
  ),
  'POST enter': post(z.object({ userid }), (parts, body) => enterApp(parts.deps, parts.callbacks, known(parts, body.userid))),
  'POST press': post(
    z.object({ userid, taskId: z.string(), key: z.string(), selected: z.record(z.string(), z.array(z.string())).optional() }),
    (parts, press) =>
      pressCard(parts.deps, parts.callbacks, {
        userid: known(parts, press.userid),
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
  'POST clipboard': post(z.object({ userid, text: z.string() }), async (parts, body) => {
    await parts.deps.store.record({ type: 'clipboard', userid: known(parts, body.userid), text: body.text })
    return {}
  }),
  'POST clock': post(z.object({ advanceMs: z.number().positive() }), async ({ deps }, { advanceMs }) => ({
    offsetMs: await deps.clock.advance(advanceMs),
  })),
  'POST archive': post(
    z.object({ on: z.boolean().optional(), consent: z.record(z.string(), z.boolean()).optional() }),
    async ({ deps }, { on, consent }) => {
      await deps.store.record({ type: 'archive-set', ...(on === undefined ? {} : { on }), ...(consent ? { consent } : {}) })
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
