import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../lib/ids.js'
import { describe } from '../../lib/log.js'
import { createDeliveries, type Deliveries } from '../deliveries.js'
import type { Deps } from '../deps.js'
import type { DingtalkPush, PushFact, PushKind, Via } from '../state/dingtalk-pushes.js'
import type { Fact } from '../state/state.js'
import { attemptOf } from './attempt.js'
import type { Gateway } from './gateway.js'
import { spend } from './quota.js'
import type { DingtalkSettings } from './settings.js'

/** What happened, as the pages have it: the fields of an event, a robot message, the callback of a pressed card. */
export type Push =
  | { kind: 'event'; eventType: string; data: Record<string, unknown> }
  | { kind: 'robot'; body: Record<string, unknown> }
  | {
      kind: 'card'
      body: Record<string, unknown>
      route: { type: 'STREAM' } | { type: 'HTTP'; url: string; secret: string | null }
    }

/** `answer`: what came back, of a card its new contents, of a robot message over HTTP perhaps a message. */
export type Pushed = { ok: boolean; answer: unknown }

/**
 * Everything that DingTalk tells the product, over HTTP or a connection. Events are told again until they are taken
 * (10 s, then 30 s later), messages to the robot and presses once. Events and messages leave in the order in which they happened.
 */
export type Pusher = Deliveries & {
  /** The fact that it is owed; record it with whatever caused it, then call `send`. */
  prepare(push: Push): Extract<PushFact, { type: 'dingtalk-push' }>
  /** Resolves after its first delivery; of what is kept back, at once. */
  send(id: string): Promise<Pushed>
  push(push: Push): Promise<Pushed>
  mode(): Via
  /** Goes on with what a killed stand-in still owed. */
  resume(): void
  close(): Promise<void>
}

/** Events of the contacts are not counted [billing model]. */
const FREE = /^(user|org|label)_/

/** What is behind a push that gets no answer leaves after this long all the same. */
const ORDER_MS = 500
const LOST: Pushed = { ok: false, answer: null }

export function createPusher(deps: Deps, dingtalk: DingtalkSettings, gateway: Gateway): Pusher {
  const { store, clock, log } = deps
  const stopping = new AbortController()
  const tails = new Map<PushKind, Promise<unknown>>()
  const running = new Set<Promise<unknown>>()
  const stopped = () => stopping.signal.aborted

  /** A push counts when it first leaves; what has no contents then has none when it is repeated. */
  const meter = (push: DingtalkPush): { over: boolean; facts: Fact[] } => {
    const free = push.kind === 'event' && FREE.test(push.name)
    if (push.attempts.length > 0 || free) return { over: push.attempts.some((a) => a.over), facts: [] }
    return spend(deps, 'pushes')
  }

  const attempt = async (push: DingtalkPush): Promise<unknown> => {
    const at = clock.machine()
    const { over, facts } = meter(push)
    const { result, answer } = await attemptOf({ deps, dingtalk, gateway, stop: stopping.signal, over }, push)
    if (stopped()) return null
    const final = push.attempts.length >= gapsOf(dingtalk, push).length
    const attempt = { at, ...result, ...(over ? { over } : {}) }
    await store.record({ type: 'dingtalk-push-attempt', id: push.id, attempt, final }, ...facts)
    return answer
  }

  const repeat = async (push: DingtalkPush) => {
    while (push.outcome === 'open' && !stopped()) {
      const last = push.attempts.at(-1)
      const gap = gapsOf(dingtalk, push)[push.attempts.length - 1] ?? 0
      const wait = last ? Math.max(0, last.at + last.ms + gap - clock.machine()) : 0
      await sleep(wait, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
      if (!stopped()) await attempt(push)
    }
    if (push.outcome === 'undelivered') log.warn({ id: push.id, name: push.name }, 'the product never took a push')
  }

  /** Again although it was taken: the answer was lost on its way. */
  const copy = async (push: DingtalkPush) => {
    for (let n = 1; n < copies() && push.outcome === 'delivered' && !stopped(); n += 1) await attempt(push)
  }

  const leave = (id: string): Promise<Pushed> => {
    const push = store.state.dingtalkPushes.all.get(id)
    if (!push) return Promise.resolve(LOST)
    const before = tails.get(push.kind) ?? Promise.resolve()
    const first = before.then(() => (stopped() ? null : attempt(push)))
    const settled = first.catch((error) => log.error({ id, ...describe(error) }, 'an attempt was not kept'))
    // Presses wait for nobody: each has its two seconds.
    if (push.kind !== 'card') {
      const soon = before.then(() => sleep(ORDER_MS, undefined, { ref: false }))
      tails.set(push.kind, Promise.race([settled, soon]))
    }
    const all = settled
      .then(() => repeat(push))
      .then(() => copy(push))
      .catch((error) => log.error({ id, ...describe(error) }, 'push lost'))
    running.add(all)
    void all.finally(() => running.delete(all))
    return first.then((answer) => ({ ok: push.outcome === 'delivered', answer })).catch(() => LOST)
  }

  const { deliveries, keep, copies } = createDeliveries(leave)
  /** A card's person waits for the answer: it is never kept back. */
  const send = (id: string): Promise<Pushed> => {
    const kept = store.state.dingtalkPushes.all.get(id)?.kind !== 'card' && keep(id)
    return kept ? Promise.resolve(LOST) : leave(id)
  }

  const mode = () => store.state.dingtalkPushes.mode ?? dingtalk.mode

  return {
    ...deliveries,
    mode,
    prepare(push) {
      const told = { type: 'dingtalk-push', id: newId(), at: clock.business(), machineAt: clock.machine() } as const
      switch (push.kind) {
        case 'event': {
          const body = { eventType: push.eventType, eventId: randomUUID().replaceAll('-', ''), data: push.data }
          return { ...told, kind: 'event', via: mode(), name: push.eventType, body }
        }
        case 'robot':
          return { ...told, kind: 'robot', via: mode(), name: String(push.body.msgId ?? ''), body: push.body }
        case 'card': {
          const { route, body } = push
          const over = { ...told, kind: 'card', name: String(body.outTrackId ?? ''), body } as const
          if (route.type === 'STREAM') return { ...over, via: 'stream' }
          return { ...over, via: 'http', url: route.url, ...(route.secret ? { secret: route.secret } : {}) }
        }
      }
    },
    send,
    async push(what) {
      const fact = this.prepare(what)
      await store.record(fact)
      return send(fact.id)
    },
    resume() {
      for (const push of store.state.dingtalkPushes.all.values()) {
        if (push.outcome !== 'open') continue
        // Whoever pressed has long seen that nothing came.
        if (push.kind === 'card') void giveUp(push)
        else void send(push.id)
      }
    },
    async close() {
      stopping.abort()
      await Promise.allSettled(running)
    },
  }

  function giveUp({ id, machineAt }: DingtalkPush) {
    const attempt = { at: machineAt, ms: 0, ok: false, status: null, error: 'the stand-in restarted', answer: '' }
    return store.record({ type: 'dingtalk-push-attempt', id, attempt, final: true })
  }
}

/** From each failure to the next delivery; as many repeats as there are. */
function gapsOf(dingtalk: DingtalkSettings, push: DingtalkPush): number[] {
  if (push.kind === 'event') return dingtalk.gapsMs
  if (push.kind === 'robot' && push.via === 'stream' && dingtalk.robotRepeatMs > 0) return [dingtalk.robotRepeatMs]
  return []
}
