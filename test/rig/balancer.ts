import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What stands before several servers: each request goes to the next one, and past those that refuse the connection. Once a
 * request was sent it is nobody else's: cut off, it is cut off for the caller too, as behind any honest balancer.
 */
export async function startBalancer(targets: string[]): Promise<{ url: string; close: () => void }> {
  let turn = 0
  const server = createServer((req, res) => {
    const body: Buffer[] = []
    req.on('data', (chunk: Buffer) => body.push(chunk))
    req.on('end', () => {
      turn += 1
      pass({ req, res, body: Buffer.concat(body) }, [
        ...targets.slice(turn % targets.length),
        ...targets.slice(0, turn % targets.length),
      ])
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

type Passing = { req: IncomingMessage; res: ServerResponse; body: Buffer }

function pass(passing: Passing, [target, ...others]: string[]): void {
  const { req, res, body } = passing
  if (!target) return void res.writeHead(502).end()
  const { hostname, port } = new URL(target)
  const out = request({ hostname, port, method: req.method, path: req.url, headers: req.headers, agent: false })
  out.on('response', (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(res)
    answer.on('error', () => res.destroy())
  })
  out.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') pass(passing, others)
    else res.destroy()
  })
  res.on('close', () => out.destroy())
  out.end(body)
}
