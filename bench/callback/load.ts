import { quantile, round } from '../median.js'
import { type Connection, openConnection } from './connection.js'
import { makeMessages } from './messages.js'

/**
 * The load generator, a process of its own that only ever speaks to 127.0.0.1. Told over IPC, one order at a time:
 * `make` prepares distinct requests, `closed` sends them over so many connections as fast as the answers come,
 * `open` sends them at a fixed rate whatever the answers do, and counts each one's wait from when it was due.
 */
export type Order =
  | { kind: 'make'; count: number; first: number }
  | { kind: 'closed'; port: number; connections: number }
  | { kind: 'open'; port: number; perSecond: number; connections: number }

export type Report = {
  requests: number
  seconds: number
  perSecond: number
  notOk: number
  ms: { p50: number; p99: number; max: number }
}

let requests: Buffer[] = []

process.on('message', (order: Order) => {
  void carryOut(order).then((report) => process.send?.(report))
})
process.on('disconnect', () => process.exit(0))

async function carryOut(order: Order): Promise<Report | null> {
  if (order.kind === 'make') {
    requests = makeMessages(order.count, order.first).map(toRequest)
    return null
  }
  const connections = await Promise.all(Array.from({ length: order.connections }, () => openConnection(order.port)))
  const report = order.kind === 'closed' ? await runClosed(connections) : await runOpen(connections, order.perSecond)
  for (const connection of connections) connection.close()
  return report
}

function toRequest(message: ReturnType<typeof makeMessages>[number]): Buffer {
  const head = [
    `POST /callback/wecom?${new URLSearchParams(message.query)} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: text/xml',
    `Content-Length: ${message.body.length}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), message.body])
}

async function runClosed(connections: Connection[]): Promise<Report> {
  const waits: number[] = []
  let next = 0
  let notOk = 0
  const startedAt = performance.now()
  await Promise.all(
    connections.map(async (connection) => {
      for (let request = requests[next++]; request; request = requests[next++]) {
        const sentAt = performance.now()
        if ((await connection.send(request)) !== 200) notOk++
        waits.push(performance.now() - sentAt)
      }
    }),
  )
  return toReport(waits, { notOk, ms: performance.now() - startedAt })
}

async function runOpen(connections: Connection[], perSecond: number): Promise<Report> {
  const waits: number[] = []
  const idle = [...connections]
  const due: { request: Buffer; at: number }[] = []
  let notOk = 0
  const startedAt = performance.now()

  const pump = () => {
    for (let connection = idle.pop(); connection; connection = idle.pop()) {
      const one = due.shift()
      if (!one) {
        idle.push(connection)
        return
      }
      const used = connection
      void used.send(one.request).then((status) => {
        if (status !== 200) notOk++
        waits.push(performance.now() - one.at)
        idle.push(used)
        pump()
      })
    }
  }
  for (let planned = 0; waits.length < requests.length; ) {
    const reached = Math.min(requests.length, Math.floor(((performance.now() - startedAt) * perSecond) / 1000))
    for (; planned < reached; planned++) {
      const request = requests[planned]
      if (request) due.push({ request, at: startedAt + (planned * 1000) / perSecond })
    }
    pump()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  return toReport(waits, { notOk, ms: performance.now() - startedAt })
}

function toReport(waits: number[], { notOk, ms }: { notOk: number; ms: number }): Report {
  return {
    requests: waits.length,
    seconds: round(ms / 1000),
    perSecond: Math.round((waits.length * 1000) / ms),
    notOk,
    ms: { p50: round(quantile(waits, 0.5)), p99: round(quantile(waits, 0.99)), max: round(quantile(waits, 1)) },
  }
}
