import { z } from 'zod'
import { postEvent, postRobot, sealOf } from '../dingtalk/callbacks.js'
import { frameOf } from '../dingtalk/gateway.js'
import type { Dingtalk } from '../dingtalk/start.js'
import { deliveryRoutes } from './deliveries.js'
import { ControlError } from './error.js'
import { type Parts, post, type Route } from './route.js'

/** DingTalk's part of the stand-in; refuses where there is none. */
export function dingtalkOf({ dingtalk }: Parts): Dingtalk {
  if (!dingtalk) throw new ControlError(409, 'no DingTalk here: DINGTALK_CLIENT_ID is not set')
  return dingtalk
}

const some = z.record(z.string(), z.unknown())
const id = z.string().optional()

/** How DingTalk tells the product of things, and what goes wrong with it on order. */
export const dingtalkPushRoutes: Record<string, Route> = {
  'GET dingtalk/pushes': ({ deps }) => [...deps.store.state.dingtalkPushes.all.values()],
  'GET dingtalk/connections': (parts) =>
    dingtalkOf(parts)
      .gateway.list()
      .map(({ id, topics, draining, ua }) => ({ id, topics: [...topics], draining, ua })),
  'POST dingtalk/mode': post(z.object({ mode: z.enum(['http', 'stream']) }), async (parts, { mode }) => {
    const { pusher } = dingtalkOf(parts)
    await parts.deps.store.record({ type: 'dingtalk-mode', mode })
    return { mode: pusher.mode() }
  }),
  /** An event that nothing else here makes. */
  'POST dingtalk/event': post(z.object({ eventType: z.string().min(1), data: some.default({}) }), async (parts, event) => {
    const { pusher } = dingtalkOf(parts)
    const fact = pusher.prepare({ kind: 'event', ...event })
    await parts.deps.store.record(fact)
    void pusher.send(fact.id)
    return { id: fact.id }
  }),
  /** Presses are never kept back. */
  ...deliveryRoutes('dingtalk/deliveries', (parts) => dingtalkOf(parts).pusher),
  'POST dingtalk/connections/disconnect': post(
    z.object({ reason: z.string().default('connection is expired'), id }),
    (parts, { reason, id }) => ({ told: dingtalkOf(parts).gateway.disconnect(reason, id) }),
  ),
  'POST dingtalk/connections/break': post(z.object({ id }), (parts, { id }) => ({ cut: dingtalkOf(parts).gateway.cut(id) })),
  /** Any frame to all connections: what a client must bear. `text` goes out as it is. */
  'POST dingtalk/connections/frame': post(
    z.union([
      z.object({ text: z.string() }),
      z.object({ type: z.enum(['SYSTEM', 'EVENT', 'CALLBACK']), topic: z.string(), data: z.unknown().optional() }),
    ]),
    (parts, frame) => {
      const lines = dingtalkOf(parts).gateway.list()
      for (const line of lines)
        if ('text' in frame) line.ws.send(frame.text)
        else line.send(frameOf(frame.type, { topic: frame.topic }, frame.data ?? {}))
      return { sent: lines.length }
    },
  ),
  /** What the console does when the address of events is saved. */
  'POST dingtalk/check-url': (parts) => handMade(parts, { body: { EventType: 'check_url' } }),
  /** An event over HTTP, delivered once under a seal of the caller's choice. */
  'POST dingtalk/callback': post(
    z.object({ body: some, token: z.string().optional(), aesKey: z.string().optional(), ownerKey: z.string().optional() }),
    handMade,
  ),
  /** A message to the robot over HTTP, delivered once, signed with any secret at any time. */
  'POST dingtalk/callback/robot': post(
    z.object({ body: some, secret: z.string().optional(), at: z.number().int().optional() }),
    (parts, { body, secret, at }) => {
      const { settings } = dingtalkOf(parts)
      return postRobot(parts.deps, secret ?? settings.clientSecret, body, settings.callbackMs, undefined, at)
    },
  ),
}

type HandMade = {
  body: Record<string, unknown>
  token?: string | undefined
  aesKey?: string | undefined
  ownerKey?: string | undefined
}

async function handMade(parts: Parts, { body, ...given }: HandMade) {
  const { settings } = dingtalkOf(parts)
  const seal = sealOf(settings)
  if (!seal) throw new ControlError(400, 'no DINGTALK_TOKEN and DINGTALK_AES_KEY')
  const { token = seal.token, aesKey = seal.aesKey, ownerKey = seal.ownerKey } = given
  return postEvent(parts.deps, { token, aesKey, ownerKey }, body, settings.callbackMs)
}
