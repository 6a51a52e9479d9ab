import WebSocket from 'ws'
import { OPEN, TOPICS } from '../dingtalk/gateway.js'
import type { DingtalkPush } from '../state/dingtalk-pushes.js'
import { DINGTALK, DINGTALK_ENV } from './dingtalk-api.js'
import { eventually, type TestStandin } from './start.js'

/** What makes DingTalk a part of the stand-in: connections, and little patience. */
export const DING_ENV = {
  ...DINGTALK_ENV,
  DINGTALK_MODE: 'stream',
  STANDIN_DINGTALK_GAPS_MS: '20,20',
  STANDIN_DINGTALK_ACK_MS: '2000',
}

export type Heard = { type: string; headers: Record<string, string>; data: string }
export type Line = {
  ws: WebSocket
  heard: Heard[]
  /** The first that is yet to come, of this type. */
  next(type: string): Promise<Heard>
  ack(frame: Heard, data: unknown, code?: number): void
  closed: Promise<number>
}

export const ALL = Object.values(TOPICS)

export async function openTicket(standin: TestStandin, topics = ALL, change: object = {}) {
  const subscriptions = topics.map((t) => ({ type: t.split(' ')[0], topic: t.split(' ')[1] }))
  const body = { clientId: DINGTALK.clientId, clientSecret: DINGTALK.clientSecret, subscriptions, ua: 'a-test/1.0', ...change }
  return standin.ask(OPEN, { body, headers: { 'content-type': 'application/json', accept: 'application/json' } })
}

/** A client of the platform's connections that does nothing by itself but echo pings. */
export async function connect(standin: TestStandin, topics = ALL, { echo = true } = {}): Promise<Line> {
  const { endpoint, ticket } = JSON.parse((await openTicket(standin, topics)).text)
  const ws = new WebSocket(`${endpoint}?ticket=${ticket}`)
  const heard: Heard[] = []
  const closed = new Promise<number>((resolve) => ws.on('close', resolve))
  let taken = 0
  const line: Line = {
    ws,
    heard,
    closed,
    next: (type) =>
      eventually(() => {
        const at = heard.findIndex((frame, n) => n >= taken && frame.type === type)
        const found = heard[at]
        if (!found) throw new Error(`no ${type} came`)
        taken = at + 1
        return found
      }),
    ack: (frame, data, code = 200) =>
      ws.send(
        JSON.stringify({
          code,
          message: 'OK',
          headers: { messageId: frame.headers.messageId, contentType: 'application/json' },
          data: JSON.stringify(data),
        }),
      ),
  }
  ws.on('message', (bytes) => {
    const frame = JSON.parse(String(bytes)) as Heard
    if (frame.type === 'SYSTEM' && frame.headers.topic === 'ping' && echo) line.ack(frame, JSON.parse(frame.data))
    heard.push(frame)
  })
  await new Promise<void>((resolve, reject) => ws.once('open', () => resolve()).once('error', reject))
  return line
}

export const pushes = (standin: TestStandin): Promise<DingtalkPush[]> => standin.control('dingtalk/pushes')

/** The first push, as soon as this came of it. */
export const outcomeOf = (standin: TestStandin, outcome: DingtalkPush['outcome']) =>
  eventually(async () => {
    const [push] = await pushes(standin)
    if (push?.outcome !== outcome) throw new Error(`it is ${push?.outcome}: ${JSON.stringify(push?.attempts)}`)
    return push
  })
