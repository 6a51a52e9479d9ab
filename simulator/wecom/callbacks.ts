import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../lib/ids.js'
import { describe } from '../../lib/log.js'
import { createDeliveries, type Deliveries } from '../deliveries.js'
import type { Deps } from '../deps.js'
import type { CallbackConfig } from '../settings.js'
import type { Attempt, Callback, ConfigName } from '../state/callbacks.js'
import type { Fact } from '../state/state.js'
import { encrypt, sign } from './crypto.js'
import { cdata, type Fields, writeXml } from './xml.js'

/**
 * Callbacks to the product [D 90930, D 90968]: encrypted, signed, five seconds to answer, anything but 200 is repeated.
 * One callback's deliveries begin five seconds apart (the page gives no gap: U1), so a product that was away for a
 * moment is found again. Those of one configuration leave in order; nothing waits for a repeat.
 */
export type Callbacks = Deliveries & {
  /** The fact that the callback is owed; record it with whatever caused it, then call `send`. */
  prepare(config: ConfigName, fields: Fields): Extract<Fact, { type: 'callback' }>
  send(id: string): void
  /** Goes on with what a killed stand-in still owed. */
  resume(): void
  close(): Promise<void>
}

/** A callback behind one that gets no answer leaves after this long all the same. */
const ORDER_MS = 500

export function createCallbacks(deps: Deps): Callbacks {
  const { settings, store, clock, log } = deps
  const stopping = new AbortController()
  const tails = new Map<ConfigName, Promise<unknown>>()
  const running = new Set<Promise<unknown>>()

  const attempt = async (callback: Callback, config: CallbackConfig) => {
    const started = clock.machine()
    const result = await post(
      settings.product,
      envelope(deps, config, callback.xml, callback.config),
      settings.callbackMs,
      stopping.signal,
    )
    if (stopping.signal.aborted) return
    await store.record({ type: 'callback-attempt', id: callback.id, attempt: { at: started, ...result } })
  }

  const repeat = async (callback: Callback, config: CallbackConfig) => {
    while (callback.outcome === 'open' && !stopping.signal.aborted) {
      const last = callback.attempts.at(-1)
      const wait = last ? Math.max(0, last.at + settings.callbackGapMs - clock.machine()) : 0
      await sleep(wait, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
      if (!stopping.signal.aborted) await attempt(callback, config)
    }
    if (callback.outcome === 'undelivered')
      log.warn({ id: callback.id, event: callback.event }, 'the product never took a callback')
  }

  /** Again although it was answered: the answer was lost on its way. */
  const copy = async (callback: Callback, config: CallbackConfig, times: number) => {
    for (let n = 0; n < times && callback.outcome === 'delivered' && !stopping.signal.aborted; n += 1)
      await attempt(callback, config)
  }

  const leave = (id: string) => {
    const callback = store.state.callbacks.get(id)
    const config = callback && settings.callbacks[callback.config]
    if (!callback || !config) return
    const before = tails.get(callback.config) ?? Promise.resolve()
    const first = before
      .then(() => (stopping.signal.aborted ? undefined : attempt(callback, config)))
      .catch((error) => log.error({ id, ...describe(error) }, 'an attempt was not kept'))
    tails.set(callback.config, Promise.race([first, before.then(() => sleep(ORDER_MS, undefined, { ref: false }))]))
    const all = first
      .then(() => repeat(callback, config))
      .then(() => copy(callback, config, copies() - 1))
      .catch((error) => log.error({ id, ...describe(error) }, 'callback lost'))
    running.add(all)
    void all.finally(() => running.delete(all))
  }
  const { deliveries, keep, copies } = createDeliveries(leave)
  const send = (id: string) => {
    if (!keep(id)) leave(id)
  }

  return {
    ...deliveries,
    prepare(config, fields) {
      const at = clock.business()
      const { FromUserName = 'sys', ...rest } = fields
      const xml = writeXml({ ToUserName: settings.corpId, FromUserName, CreateTime: Math.floor(at / 1000), ...rest })
      const event = String(fields.Event ?? fields.MsgType ?? '')
      return { type: 'callback', id: newId(), config, event, xml, at, machineAt: clock.machine() }
    },
    send,
    resume() {
      for (const callback of store.state.callbacks.values()) if (callback.outcome === 'open') send(callback.id)
    },
    async close() {
      stopping.abort()
      await Promise.allSettled(running)
    },
  }
}

type Delivery = { path: string; query: string; body: string }

/** The archive's notice names application 2000004 in its sample [D 95039]; callbacks about the app name the app. */
export const ARCHIVE_AGENT_ID = 2_000_004

/** A fresh random prefix, time and nonce for every delivery, as a sender that keeps no ciphertext would. */
export function envelope(deps: Deps, config: CallbackConfig, xml: string, name: ConfigName): Delivery {
  const { corpId, agentId } = deps.settings
  const encrypted = encrypt(config.aesKey, xml, corpId)
  const timestamp = String(Math.floor(deps.clock.machine() / 1000))
  const nonce = String(randomInt(1_000_000_000, 9_999_999_999))
  const query = new URLSearchParams({ msg_signature: sign(config.token, timestamp, nonce, encrypted), timestamp, nonce })
  const agent = name === 'archive' ? ARCHIVE_AGENT_ID : agentId
  const body = `<xml><ToUserName>${cdata(corpId)}</ToUserName><AgentID>${cdata(String(agent))}</AgentID><Encrypt>${cdata(encrypted)}</Encrypt></xml>`
  return { path: config.path, query: query.toString(), body }
}

export async function post(
  product: string,
  delivery: Delivery,
  timeoutMs: number,
  stop?: AbortSignal,
): Promise<Omit<Attempt, 'at'>> {
  const started = performance.now()
  const spent = () => Math.round(performance.now() - started)
  const timeout = AbortSignal.timeout(timeoutMs)
  try {
    const res = await fetch(`${product}${delivery.path}?${delivery.query}`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', 'user-agent': 'Mozilla/4.0' },
      body: delivery.body,
      redirect: 'manual',
      signal: stop ? AbortSignal.any([timeout, stop]) : timeout,
    })
    const answer = (await res.text()).slice(0, 2_000)
    return { status: res.status, ms: spent(), error: null, answer }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const words = timeout.aborted ? `no answer within ${timeoutMs} ms` : describe(cause).error
    return { status: null, ms: spent(), error: words, answer: '' }
  }
}
