import { randomInt, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocketServer } from 'ws'
import { z } from 'zod'
import { describe } from '../../lib/log.js'
import type { Deps } from '../deps.js'
import type { Faults } from '../faults.js'
import { pathOf, queryOf, readBody } from '../http.js'
import { type Connection, createConnection, type Frame } from './connection.js'
import type { DingtalkSettings } from './settings.js'

/**
 * The gateway of Stream mode [developerpedia/learn/stream/protocol]: a ticket for credentials, a connection for a ticket, pings,
 * and farewells. Tickets and connections are in memory: a platform that restarts has lost its connections too.
 */
export type Gateway = {
  /** Answers `POST /v1.0/gateway/connections/open`. */
  open(req: IncomingMessage, res: ServerResponse): Promise<void>
  /** Of the server's `upgrade`. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  /** One of those that take it, by chance: «随机策略». */
  pick(topic: string): Connection | undefined
  list(): Connection[]
  /** Tells one or all to go: nothing is delivered from now on, the end comes later. */
  disconnect(reason: string, id?: string): number
  /** Cuts one or all lines without a word. */
  cut(id?: string): number
  close(): void
}

export const OPEN = '/v1.0/gateway/connections/open'
export const CONNECT = '/connect'
/** What can be subscribed to. */
export const TOPICS = {
  event: 'EVENT *',
  robot: 'CALLBACK /v1.0/im/bot/messages/get',
  card: 'CALLBACK /v1.0/card/instances/callback',
}
const KNOWN = new Set([...Object.values(TOPICS), 'CALLBACK /v1.0/graph/api/invoke'])

const TICKET_MS = 90_000
const order = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  subscriptions: z.array(z.object({ type: z.string(), topic: z.string() })).min(1),
  ua: z.string().default(''),
})
type Ticket = { topics: Set<string>; ua: string; at: number }

export function createGateway(deps: Deps, dingtalk: DingtalkSettings, faults: Faults): Gateway {
  const tickets = new Map<string, Ticket>()
  const connections = new Map<string, Connection>()
  const server = new WebSocketServer({ noServer: true })
  const stopping = new AbortController()
  const wait = (ms: number) => sleep(ms, undefined, { signal: stopping.signal, ref: false })
  const chosen = (id?: string) => [...connections.values()].filter((c) => !id || c.id === id)

  const leave = (connection: Connection, reason: string) => {
    connection.draining = true
    connection.send(system('disconnect', { reason }))
    void wait(dingtalk.drainMs).then(
      () => connection.ws.close(1000),
      () => {},
    )
  }

  /** A client that doesn't echo what it was sent is not there any longer. */
  const watch = async (connection: Connection) => {
    const born = performance.now()
    while (connections.has(connection.id)) {
      // A timer may ring a moment early by the other clock: what it was set for decides, not a second look.
      const left = dingtalk.connectionMs - (performance.now() - born)
      await wait(Math.max(0, Math.min(dingtalk.pingMs, left)))
      if (!connections.has(connection.id) || connection.draining) return
      if (left <= dingtalk.pingMs) return leave(connection, 'connection is expired')
      const opaque = randomUUID()
      const ack = await connection.ask(system('ping', { opaque }), dingtalk.pingMs)
      if ((ack?.data as { opaque?: unknown } | null)?.opaque !== opaque) connection.close()
    }
  }

  return {
    async open(req, res) {
      const bytes = await readBody(req)
      const trouble = await faults.play(OPEN, req, res, (f) => answer(req, res, 500, problem(f.errmsg ?? 'system.error')))
      if (trouble === 'answered') return
      const read = order.safeParse(parse(bytes))
      if (!read.success) return answer(req, res, 400, problem('invalidParameter', z.prettifyError(read.error)))
      const { clientId, clientSecret, subscriptions, ua } = read.data
      // The words of the real host, as many an issue quotes them.
      if (clientId !== dingtalk.clientId || clientSecret !== dingtalk.clientSecret)
        return answer(req, res, 401, problem('authFailed', '鉴权失败'))
      const topics = new Set(subscriptions.map(({ type, topic }) => `${type} ${topic}`))
      const unknown = [...topics].find((topic) => !KNOWN.has(topic))
      if (unknown) return answer(req, res, 400, problem('invalidParameter.subscriptions', `unknown subscription ${unknown}`))
      const ticket = randomUUID()
      tickets.set(ticket, { topics, ua, at: deps.clock.machine() })
      if (trouble === 'cut') return void req.socket.destroy()
      answer(req, res, 200, { endpoint: `ws://${req.headers.host}${CONNECT}`, ticket })
    },

    upgrade(req, socket, head) {
      // A line that ends while it is refused is nobody's trouble.
      socket.on('error', () => {})
      const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
      if (pathOf(req) !== CONNECT) return void refuse('404 Not Found')
      if (faults.take(CONNECT)) return void socket.destroy()
      const name = queryOf(req).get('ticket') ?? ''
      const ticket = tickets.get(name)
      tickets.delete(name)
      if (!ticket || deps.clock.machine() - ticket.at > TICKET_MS) return void refuse('401 Unauthorized')
      server.handleUpgrade(req, socket, head, (ws) => {
        const connection = createConnection(ws, ticket.topics, ticket.ua)
        connections.set(connection.id, connection)
        ws.on('close', () => connections.delete(connection.id))
        watch(connection).catch((error) => {
          if (!stopping.signal.aborted) deps.log.error(describe(error), 'a connection is not watched any longer')
        })
      })
    },

    pick(topic) {
      const able = [...connections.values()].filter((c) => !c.draining && c.topics.has(topic))
      return able[able.length > 1 ? randomInt(able.length) : 0]
    },
    list: () => [...connections.values()],
    disconnect(reason, id) {
      const told = chosen(id).filter((c) => !c.draining)
      for (const connection of told) leave(connection, reason)
      return told.length
    },
    cut(id) {
      const lines = chosen(id)
      for (const connection of lines) connection.close()
      return lines.length
    },
    close() {
      stopping.abort()
      for (const connection of connections.values()) connection.close()
      server.close()
    },
  }
}

export const frameOf = (type: Frame['type'], headers: Record<string, string>, data: unknown): Frame => ({
  specVersion: '1.0',
  type,
  headers: { messageId: newMessageId(), contentType: 'application/json', time: String(Date.now()), ...headers },
  data: JSON.stringify(data),
})

const system = (topic: string, data: unknown) => frameOf('SYSTEM', { topic }, data)

const newMessageId = () => randomUUID().replaceAll('-', '_')

const problem = (code: string, message = code) => ({ code, message, requestid: randomUUID().toUpperCase() })

/** XML for a caller who doesn't say that JSON will do: as the SDK's comment has it. */
function answer(req: IncomingMessage, res: ServerResponse, status: number, body: Record<string, string>): void {
  const json = /application\/json/.test(req.headers.accept ?? '')
  const xml = Object.entries(body).map(
    ([name, value]) => `<${name}>${value.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</${name}>`,
  )
  const bytes = Buffer.from(
    json ? JSON.stringify(body) : `<?xml version="1.0" encoding="UTF-8"?><response>${xml.join('')}</response>`,
  )
  res.writeHead(status, { 'content-type': `application/${json ? 'json' : 'xml'};charset=utf-8`, 'content-length': bytes.length })
  res.end(bytes)
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}
