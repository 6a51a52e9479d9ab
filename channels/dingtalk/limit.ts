import { setTimeout as wait } from 'node:timers/promises'
import { ChannelError } from '../channel-error.js'

/** What a standard organisation may ask of each interface with one app. */
const perSecond = 20
/** A little more than the second: what leaves apart may arrive together. */
const windowMs = 1_050
/** Longer nobody holds a connection and a claim: the call is tried again by its row. */
const patienceMs = 5_000

type Needs = { now?: () => number; sleep?: (ms: number) => Promise<unknown> }

/**
 * 20 calls a second of each interface in this process; more of them wait, in their order. What other processes ask is not
 * known here: the platform's own no to that is tried again, and costs nothing.
 * https://open.dingtalk.com/document/development/how-to-process-api-throttling-on-the-dingtalk-server
 */
export function createLimit({ now = () => performance.now(), sleep = wait }: Needs = {}): (api: string) => Promise<void> {
  /** By interface: when its last 20 left or will leave. */
  const departures = new Map<string, number[]>()

  return async (api) => {
    const past = departures.get(api) ?? []
    departures.set(api, past)
    const oldest = past.length < perSecond ? Number.NEGATIVE_INFINITY : (past[0] as number)
    const at = Math.max(now(), oldest + windowMs)
    const waitMs = at - now()
    if (waitMs > patienceMs) {
      const hint = '对钉钉这个接口的调用正在排队，稍后自动重试'
      throw new ChannelError({ method: api, code: 'queue-full', kind: 'retry', hint, delayMs: Math.ceil(waitMs) })
    }
    past.push(at)
    if (past.length > perSecond) past.shift()
    if (waitMs > 0) await sleep(waitMs)
  }
}
