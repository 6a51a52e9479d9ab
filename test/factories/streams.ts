import { afterEach, beforeEach } from 'vitest'
import { type Line, serveGateway } from '../../channels/dingtalk/stream/fixtures/gateway.js'
import type { StreamFrame } from '../../channels/dingtalk/stream/frame.js'
import { type Pace, usualPace } from '../../channels/dingtalk/stream/pace.js'
import { createStream, type Stream } from '../../channels/dingtalk/stream/stream.js'
import type { Log } from '../../lib/log.js'

export const ROBOT = '/v1.0/im/bot/messages/get'
export const CARD = '/v1.0/card/instances/callback'
/** Quick tries; a connection counts as a good one at once, unless a test says otherwise. */
const quick: Pace = { ...usualPace, firstRetryMs: 20, mostRetryMs: 80, configRetryMs: 40, steadyMs: 0, finishMs: 200 }

/** DingTalk's gateway and streams to it, a new one for each test, and what they heard. */
export function useStreams() {
  let gateway: Awaited<ReturnType<typeof serveGateway>>
  const streams: Stream[] = []
  beforeEach(async () => {
    gateway = await serveGateway()
  })
  afterEach(async () => {
    await Promise.all(streams.splice(0).map((stream) => stream.close()))
    await gateway.close()
  })

  return {
    get gateway() {
      return gateway
    },
    /** Holds a connection; `over`: the pace it goes at where it matters. */
    hold(over: Partial<Pace> = {}) {
      const heard: { kind: string; frame: StreamFrame }[] = []
      const strange: unknown[] = []
      const lines: string[] = []
      const line = (fields: object, words?: string) => void lines.push(JSON.stringify({ ...fields, words }))
      const log: Log = { debug: line, info: line, warn: line, error: line, child: () => log }
      const clock = { now: Date.parse('2026-11-22T02:00:00Z') }
      const store = { hold: Promise.resolve() as Promise<unknown>, left: 0, answer: null as object | null }
      const keep = (kind: string) => async (frame: StreamFrame) => {
        heard.push({ kind, frame })
        await store.hold
      }
      const stream = createStream({
        settings: { apiBase: gateway.base, clientId: 'dingabc', clientSecret: 'sEcReT' },
        handlers: {
          event: keep('event'),
          robot: keep('robot'),
          async press(frame) {
            await keep('press')(frame)
            const left = async () => {
              store.left += 1
            }
            return { answer: store.answer, left }
          },
          strange: (json) => void strange.push(json),
        },
        machineNow: () => new Date(clock.now),
        random: () => 0.5,
        log,
        pace: { ...quick, ...over },
      })
      streams.push(stream)
      return { stream, heard, strange, lines, clock, store }
    },
  }
}

export const until = async (true_: () => boolean) => {
  while (!true_()) await new Promise((resolve) => setTimeout(resolve, 5))
}
export const open = (stream: Stream) => until(() => stream.status().open)
export const sayGoodbye = (line: Line) =>
  void line.push({ type: 'SYSTEM', topic: 'disconnect', data: { reason: 'persistent connection is timeout' } })
/** What is heard waits for its row until the function returned is called. */
export function holdUp(store: { hold: Promise<unknown> }): () => void {
  let stored = () => {}
  store.hold = new Promise<void>((resolve) => {
    stored = resolve
  })
  return () => stored()
}
