import { randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'

/** One stream connection of the product's [developerpedia/learn/stream/protocol]. */
export type Connection = {
  id: string
  /** «EVENT *», «CALLBACK /v1.0/im/bot/messages/get», … as it was opened with. */
  topics: Set<string>
  /** Told to go: nothing more is delivered on it. */
  draining: boolean
  ua: string
  ws: WebSocket
  send(frame: Frame): void
  /** Resolves with the ack that names the frame, or null when none came in time. */
  ask(frame: Frame, timeoutMs: number): Promise<Ack | null>
  close(): void
}

export type Frame = {
  specVersion: '1.0'
  type: 'SYSTEM' | 'EVENT' | 'CALLBACK'
  headers: Record<string, string>
  data: string
}

/** `data` is what stands in the JSON text of the ack. */
export type Ack = { code: number; message: string; data: unknown; text: string }

export function createConnection(ws: WebSocket, topics: Set<string>, ua: string): Connection {
  const waiting = new Map<string, (ack: Ack | null) => void>()
  const settle = (messageId: string, ack: Ack | null) => {
    const done = waiting.get(messageId)
    waiting.delete(messageId)
    done?.(ack)
  }
  ws.on('message', (bytes) => {
    const read = readAck(String(bytes))
    if (read) settle(read.messageId, read.ack)
  })
  ws.on('close', () => {
    for (const messageId of [...waiting.keys()]) settle(messageId, null)
  })
  // An error is followed by 'close', which says all that matters here.
  ws.on('error', () => {})
  const send = (frame: Frame) => {
    if (ws.readyState === ws.OPEN) ws.send(JSON.stringify(frame))
  }
  return {
    id: randomUUID(),
    topics,
    draining: false,
    ua,
    ws,
    send,
    ask(frame, timeoutMs) {
      const messageId = frame.headers.messageId ?? ''
      if (ws.readyState !== ws.OPEN) return Promise.resolve(null)
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle(messageId, null), timeoutMs)
        waiting.set(messageId, (ack) => {
          clearTimeout(timer)
          resolve(ack)
        })
        send(frame)
      })
    },
    close: () => ws.terminate(),
  }
}

/** What isn't an ack is passed over: clients say all sorts of things. */
function readAck(text: string): { messageId: string; ack: Ack } | null {
  const frame = parse(text)
  const headers = frame && typeof frame.headers === 'object' ? (frame.headers as Record<string, unknown> | null) : null
  const messageId = headers?.messageId
  if (!frame || typeof messageId !== 'string' || typeof frame.code !== 'number') return null
  const data = typeof frame.data === 'string' ? parse(frame.data) : null
  return { messageId, ack: { code: frame.code, message: String(frame.message ?? ''), data, text: String(frame.data ?? '') } }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
