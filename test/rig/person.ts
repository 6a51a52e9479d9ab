import { randomUUID } from 'node:crypto'
import { Agent, type IncomingMessage, request } from 'node:http'
import { waitFor } from './wait-for.js'

export type Answer = { status: number; body: unknown; headers: IncomingMessage['headers'] }

/**
 * What a person's client does without a browser: the login that the platform's client walks through, then the calls that
 * the pages make. Everything goes through the person's own host, as on a phone.
 */
export function person(port: number, userid: string) {
  const host = `${userid}.bulou.localhost:${port}`
  const agent = new Agent({ keepAlive: true })
  const cookies = new Map<string, string>()

  const send = (method: string, path: string, body?: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = {
        host,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(method === 'GET' ? {} : { origin: `http://${host}`, 'content-type': 'application/json' }),
      }
      const req = request({ host: '127.0.0.1', port, method, path, headers, agent, timeout: 20_000 }, (res) => {
        for (const line of res.headers['set-cookie'] ?? []) {
          const [name = '', value = ''] = line.split(';', 1)[0]?.split(/=(.*)/s) ?? []
          cookies.set(name, value)
        }
        const chunks: Buffer[] = []
        res.on('data', (chunk: Buffer) => chunks.push(chunk))
        res.on('error', reject)
        res.on('end', () => resolve({ status: res.statusCode ?? 0, body: read(Buffer.concat(chunks)), headers: res.headers }))
      })
      req.on('timeout', () => req.destroy(new Error(`${method} ${path}: no answer`)))
      req.on('error', reject)
      req.end(body === undefined ? undefined : JSON.stringify(body))
    })

  const signIn = async () => {
    let path = '/auth/wecom?to=/h5/'
    for (let hops = 0; hops < 4; hops++) {
      const { status, headers } = await send('GET', path)
      if (status !== 302 || !headers.location) throw new Error(`signing in: ${path.split('?')[0]} answered ${status}`)
      const next = new URL(headers.location, `http://${host}`)
      if (next.pathname === '/h5/') return
      path = `${next.pathname}${next.search}`
    }
    throw new Error('signing in leads round in a circle')
  }

  /** As a person does: taps again until the product answers. A write carries one request id however often it is sent. */
  const insist = async (method: 'GET' | 'POST', path: string, input?: object): Promise<Answer> => {
    const body = method === 'GET' ? undefined : { requestId: randomUUID(), ...input }
    return waitFor(
      async () => {
        const answer = await send(method, path, body)
        if (answer.status === 401) await signIn()
        return answer.status !== 401 && answer.status < 500 ? answer : null
      },
      { ms: 60_000, every: 200, what: `${userid}: ${method} ${path.split('?')[0]}` },
    )
  }

  return { userid, send, signIn, insist, close: () => agent.destroy() }
}
export type Person = ReturnType<typeof person>

function read(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return bytes.toString('utf8')
  }
}
