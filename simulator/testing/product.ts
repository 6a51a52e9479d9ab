import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { freePort } from './start.js'

export type Received = { method: string; url: URL; host: string; headers: IncomingMessage['headers']; body: string }
export type Handle = (received: Received, res: ServerResponse) => void

/** A product for the stand-in to call back and to proxy: it keeps what arrives and answers as it is told. */
export async function startProduct(handle: Handle = (_, res) => void res.end()) {
  const port = await freePort()
  const received: Received[] = []
  const server = createServer(async (req, res) => {
    const body = await text(req)
    const one = {
      method: req.method ?? '',
      url: new URL(req.url ?? '/', 'http://x'),
      host: req.headers.host ?? '',
      headers: req.headers,
      body,
    }
    received.push(one)
    product.handle(one, res)
  })
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const product = {
    base: `http://127.0.0.1:${port}`,
    received,
    handle,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    listen,
  }
  await listen()
  return product
}
