import { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse, request as send } from 'node:http'
import { answerJson, answerPage } from '../http.js'
import type { Settings } from '../settings.js'

const BRIDGE = '<script src="/__device/bridge.js"></script>'
const HOP = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']

/**
 * Hands a browser's request on to the product, Host and cookies untouched. In a client the user agent is its
 * own (`agent`; null: a plain browser), pages get the bridge, and redirects to the trusted domain or to the login host stay on the client's own host.
 * Everything that is not a page streams through as it comes: SSE must not wait.
 */
export function proxy(settings: Settings, agent: string | null, req: IncomingMessage, res: ServerResponse): void {
  const headers: OutgoingHttpHeaders = { ...req.headers }
  for (const name of HOP) delete headers[name]
  headers['x-forwarded-for'] = req.socket.remoteAddress ?? ''
  if (agent !== null) {
    headers['user-agent'] = agent
    headers['accept-encoding'] = 'identity' // a page that is to get the bridge must be readable
  }
  const product = new URL(settings.product)
  const out = send({ host: product.hostname, port: product.port, method: req.method, path: req.url, headers })
  out.on('response', (answer) => relay(settings, agent !== null, req, res, answer))
  out.on('error', () => {
    if (res.headersSent) res.destroy()
    else answerAway(req, res)
  })
  res.on('close', () => out.destroy())
  req.pipe(out)
}

const AWAY = '不漏的服务正在启动或暂时不可用，稍后会自动再试。'

/** A page comes back by itself when the product does. */
function answerAway(req: IncomingMessage, res: ServerResponse): void {
  if (req.headers.accept?.includes('text/html')) {
    res.setHeader('refresh', '3')
    answerPage(res, '暂时连不上', AWAY, 502)
  } else answerJson(res, { error: { code: 'away', words: AWAY } }, 502)
}

function relay(settings: Settings, asClient: boolean, req: IncomingMessage, res: ServerResponse, answer: IncomingMessage): void {
  const headers: OutgoingHttpHeaders = { ...answer.headers }
  for (const name of HOP) delete headers[name]
  if (asClient && answer.headers.location)
    headers.location = ownLocation(settings, req.headers.host ?? '', answer.headers.location)
  const status = answer.statusCode ?? 502
  const isPage = asClient && /^text\/html\b/.test(answer.headers['content-type'] ?? '')
  answer.on('error', () => res.destroy())
  if (!isPage) {
    res.writeHead(status, headers)
    res.flushHeaders()
    answer.pipe(res)
    return
  }
  const chunks: Buffer[] = []
  answer.on('data', (chunk: Buffer) => chunks.push(chunk))
  answer.on('end', () => {
    const page = withBridge(Buffer.concat(chunks).toString('utf8'))
    if (req.method === 'HEAD' || status === 304) delete headers['content-length']
    else headers['content-length'] = Buffer.byteLength(page)
    res.writeHead(status, headers)
    res.end(req.method === 'HEAD' || status === 304 ? undefined : page)
  })
}

/** Before everything else in the head, so that it runs before the page's own scripts. */
export function withBridge(page: string): string {
  const head = /<head(\s[^>]*)?>/i.exec(page)
  if (!head) return `${BRIDGE}${page}`
  const end = head.index + head[0].length
  return `${page.slice(0, end)}${BRIDGE}${page.slice(end)}`
}

export function ownLocation(settings: Settings, ownHost: string, location: string): string {
  if (!URL.canParse(location)) return location
  const url = new URL(location)
  if (url.host !== settings.publicUrl.host && url.host !== settings.oauthBase.host) return location
  url.host = ownHost
  url.protocol = 'http:'
  return url.href
}
