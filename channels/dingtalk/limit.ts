import { setTimeout as wait } from 'node:timers/promises'
import { ChannelError } from '../channel-error.js'

/** What a standard organisation may ask of each interface with one app. */
const perSecond = 20
/** Who comes behind so many would wait some five seconds: tried again by its row instead, it holds no claim meanwhile. */
const longest = 4 * perSecond
const laterMs = 5_000

/** Resolves when a call may leave, with what is to be called once it has ended, however it has. */
export type Limit = (api: string) => Promise<() => void>

/**
 * Never more than 20 calls within a second at any interface, from this process; more of them wait, in their order. A place is
 * given on a second after the answer, not the departure: what left in time may be late on its way. What other processes ask is
 * not known here: the platform's own no to that is tried again, and costs nothing.
 * https://open.dingtalk.com/document/development/how-to-process-api-throttling-on-the-dingtalk-server
 */
export function createLimit({ sleep = (ms: number): Promise<unknown> => wait(ms, undefined, { ref: false }) } = {}): Limit {
  const lines = new Map<string, { free: number; waiting: (() => void)[] }>()

  return async (api) => {
    const line = lines.get(api) ?? { free: perSecond, waiting: [] }
    lines.set(api, line)
    if (line.free > 0) line.free -= 1
    else if (line.waiting.length < longest) await new Promise<void>((resolve) => line.waiting.push(resolve))
    else {
      const hint = '对钉钉这个接口的调用正在排队，稍后自动重试'
      throw new ChannelError({ method: api, code: 'queue-full', kind: 'retry', hint, delayMs: laterMs })
    }
    return () =>
      void sleep(1_000).then(() => {
        const next = line.waiting.shift()
        if (next) next()
        else line.free += 1
      })
  }
}
