import type { Log } from '../../../lib/log.js'
import { ChannelError } from '../../channel-error.js'
import type { StreamHandlers } from './answer-frame.js'
import { type Connection, connect } from './connection.js'
import { type GatewaySettings, openGateway } from './open-gateway.js'
import { type Pace, retryAfterMs, usualPace } from './pace.js'

export type StreamDeps = {
  settings: GatewaySettings
  handlers: StreamHandlers
  machineNow: () => Date
  /** 0 ≤ n < 1. */
  random: () => number
  log: Log
  pace?: Pace
}

export type Stream = {
  status(): {
    /** A connection stands, and the gateway has not said that it is over. */
    open: boolean
    /** When a frame was last heard on it (ms); null: none yet. */
    lastFrameAt: number | null
    /** Why the last try to connect was in vain; null once one stands. */
    trouble: string | null
  }
  /** Ends it at once: no further try, no timer. Resolves when what was being handled is answered and every socket is closed. */
  close(): Promise<void>
}

/**
 * Holds one connection to DingTalk's Stream gateway for as long as it lives. What is pushed while none stands is lost (robot
 * messages are sent once), so the next one is opened as soon as the gateway says that it will close this one, and frames of
 * both are answered meanwhile. There is one try at a time, further and further apart while they fail.
 */
export function createStream(deps: StreamDeps): Stream {
  const { settings, handlers, machineNow, random, log } = deps
  const pace = deps.pace ?? usualPace
  const stop = new AbortController()
  const leaving = new Set<Connection>()
  let current: Connection | null = null
  let opening: Connection | null = null
  let isTrying = false
  let timer: NodeJS.Timeout | undefined
  let tries = 0
  let lastFrameAt = 0
  let trouble: string | null = null

  function tryAfter(ms: number): void {
    if (stop.signal.aborted || isTrying || timer || current) return
    timer = setTimeout(() => {
      timer = undefined
      void tryOnce()
    }, ms)
  }

  async function tryOnce(): Promise<void> {
    isTrying = true
    try {
      const url = await openGateway(settings, pace.openMs, stop.signal)
      if (!stop.signal.aborted) opening = begin(url)
    } catch (error) {
      failed((error as Error).message, error instanceof ChannelError && error.kind !== 'retry' ? pace.configRetryMs : 0)
    }
  }

  function failed(why: string, leastMs = 0): void {
    isTrying = false
    if (stop.signal.aborted) return
    trouble = why
    const ms = Math.max(leastMs, retryAfterMs(tries++, pace, random))
    log.warn({ why, retryMs: ms }, 'no Stream connection')
    tryAfter(ms)
  }

  function begin(url: URL): Connection {
    const self = connect(url, {
      handlers,
      machineNow,
      log,
      pace,
      opened() {
        opening = null
        isTrying = false
        current = self
        trouble = null
        log.info({}, 'Stream connected')
        for (const old of leaving) old.retire(pace.leaveMs)
      },
      leaving(why) {
        if (current !== self) return
        log.info({ why }, 'Stream connection will go, the next one is opened')
        leaving.add(self)
        // One that was good is replaced at once: from now on nothing is pushed to it.
        replace(self, 0)
      },
      gone(why) {
        keepTime(self)
        leaving.delete(self)
        if (self === opening) {
          opening = null
          return failed(why)
        }
        if (self !== current) return
        if (!stop.signal.aborted) log.warn({ why }, 'Stream connection lost')
        replace(self, retryAfterMs(0, pace, random))
      },
    })
    return self
  }

  /** One that did not stand for long counts as a failed try: a gateway that sends everybody away is not run at. */
  function replace(old: Connection, ms: number): void {
    keepTime(old)
    current = null
    const stoodFor = machineNow().getTime() - (old.openedAt() ?? Number.POSITIVE_INFINITY)
    if (stoodFor >= pace.steadyMs) tries = 0
    tryAfter(stoodFor >= pace.steadyMs ? ms : retryAfterMs(tries++, pace, random))
  }

  function keepTime(connection: Connection | null): void {
    lastFrameAt = Math.max(lastFrameAt, connection?.lastFrameAt() ?? 0)
  }

  tryAfter(0)
  return {
    status() {
      for (const one of [current, ...leaving]) keepTime(one)
      return { open: current !== null, lastFrameAt: lastFrameAt || null, trouble }
    },
    async close() {
      stop.abort()
      clearTimeout(timer)
      timer = undefined
      await Promise.all([current, opening, ...leaving].map((one) => one?.close()))
    },
  }
}
