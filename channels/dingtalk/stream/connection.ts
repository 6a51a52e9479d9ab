import { WebSocket } from 'ws'
import { describe, type Log } from '../../../lib/log.js'
import { answerFrame, type StreamHandlers, writeAck } from './answer-frame.js'
import { readFrame, type StreamFrame } from './frame.js'
import type { Pace } from './pace.js'

export type ConnectionDeps = {
  handlers: StreamHandlers
  machineNow: () => Date
  log: Log
  pace: Pace
  opened(): void
  /** The gateway gives nothing more to this connection, and will close it. At most once. */
  leaving(why: string): void
  /** The socket is closed, or never opened. Once. */
  gone(why: string): void
}

export type Connection = {
  /** When anything of the gateway's was last heard (ms); 0: never. */
  lastFrameAt(): number
  /** When it opened (ms); null: not yet. */
  openedAt(): number | null
  /** Closes it in a while, unless the gateway does before. */
  retire(afterMs: number): void
  /** What is being handled is still answered, for `finishMs` at most. */
  close(): Promise<void>
}

const MOST_BYTES = 4_000_000

/** One socket: pings and acknowledges, and knows nothing of the next one. It never throws. */
export function connect(url: URL, deps: ConnectionDeps): Connection {
  const { pace, log } = deps
  const nowMs = () => deps.machineNow().getTime()
  const socket = new WebSocket(url, { handshakeTimeout: pace.openMs, maxPayload: MOST_BYTES, perMessageDeflate: false })
  const underWay = new Set<Promise<void>>()
  let openedAt: number | null = null
  let heardAt = nowMs()
  let lastFrameAt = 0
  let systemPings = 0
  let isLeaving = false
  let why = ''
  let beat: NodeJS.Timeout | undefined
  let retiring: NodeJS.Timeout | undefined
  let ended: () => void
  const end = new Promise<void>((resolve) => {
    ended = resolve
  })

  function leave(reason: string): void {
    if (isLeaving) return
    isLeaving = true
    deps.leaving(reason)
  }

  function checkPulse(): void {
    // Either way: a clock that was set back must not make a dead socket look alive for as long.
    if (Math.abs(nowMs() - heardAt) > pace.deadMs) {
      why = 'silent'
      socket.terminate()
      return
    }
    if (systemPings > 1 && nowMs() - lastFrameAt > pace.forgottenMs) leave('forgotten')
    if (socket.readyState === WebSocket.OPEN) socket.ping()
  }

  function send(text: string): Promise<void> {
    return new Promise((resolve, reject) => socket.send(text, (error) => (error ? reject(error) : resolve())))
  }

  async function answer(frame: StreamFrame): Promise<void> {
    const ack = await answerFrame(frame, deps.handlers, log)
    await send(writeAck(frame.messageId, ack))
    await ack.left?.()
  }

  /** https://open-dingtalk.github.io/developerpedia/docs/learn/stream/protocol — CONNECTED, REGISTERED and KEEPALIVE want no answer. */
  async function hearSystem({ topic, messageId, raw, data }: StreamFrame): Promise<void> {
    if (topic === 'ping' || topic === 'KEEPALIVE') systemPings += 1
    if (topic === 'ping') await send(writeAck(messageId, { code: 200, message: 'OK', data: raw }))
    if (topic === 'disconnect') leave(reasonOf(data))
  }

  async function hear(text: string): Promise<void> {
    const read = readFrame(text)
    if ('frame' in read) return read.frame.type === 'SYSTEM' ? hearSystem(read.frame) : answer(read.frame)
    const { messageId, json } = read.broken
    log.warn({ messageId, bytes: text.length }, 'a frame that does not have the documented shape')
    if (json !== undefined) deps.handlers.strange(json)
    if (messageId) await send(writeAck(messageId, { code: 400, message: 'not understood', data: '{}' }))
  }

  socket.on('open', () => {
    heardAt = nowMs()
    openedAt = heardAt
    beat = setInterval(checkPulse, pace.pingMs)
    deps.opened()
  })
  for (const sign of ['ping', 'pong'] as const) {
    socket.on(sign, () => {
      heardAt = nowMs()
    })
  }
  socket.on('message', (data) => {
    heardAt = nowMs()
    lastFrameAt = heardAt
    const work = hear(String(data)).catch((error) => log.warn(describe(error), 'a frame could not be acknowledged'))
    underWay.add(work)
    void work.finally(() => underWay.delete(work))
  })
  // Always followed by `close`.
  socket.on('error', (error) => {
    why ||= error.message
  })
  socket.on('close', (code) => {
    clearInterval(beat)
    clearTimeout(retiring)
    ended()
    deps.gone(why || `closed ${code}`)
  })

  async function close(): Promise<void> {
    if (socket.readyState === WebSocket.CONNECTING) socket.terminate()
    else {
      await within(pace.finishMs, Promise.allSettled(underWay))
      socket.close(1000)
      // A peer that says no goodbye.
      const late = setTimeout(() => socket.terminate(), pace.finishMs)
      void end.then(() => clearTimeout(late))
    }
    return end
  }

  return {
    lastFrameAt: () => lastFrameAt,
    openedAt: () => openedAt,
    retire(afterMs) {
      clearTimeout(retiring)
      retiring = setTimeout(() => void close(), afterMs)
    },
    close,
  }
}

/** In the gateway's own words; they are about the connection alone. */
const reasonOf = (data: unknown): string =>
  typeof data === 'object' && data !== null && 'reason' in data ? String(data.reason).slice(0, 100) : 'no reason given'

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let late: NodeJS.Timeout | undefined
  await Promise.race([work, new Promise((resolve) => (late = setTimeout(resolve, ms)))])
  clearTimeout(late)
}
