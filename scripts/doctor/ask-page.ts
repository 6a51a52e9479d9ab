import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'

/** `date`: when the other side says that it was, by its own clock. */
export type Page = { status: number; text: string; ms: number; date: Date | null } | { error: string }

const most = 64 * 1024

/** `*.localhost` is this machine wherever a browser asks; not every system's resolver says so too. */
const lookup: LookupFunction = (_host, options, done) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)

/**
 * One GET as a platform's servers would do it (with a `body`, a POST of JSON): no redirects followed, certificates checked.
 * `error` is the code of what went wrong.
 */
export function askPage(url: URL, timeoutMs: number, body?: string): Promise<Page> {
  const startedAt = performance.now()
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const isHere = /(^|\.)localhost$/.test(url.hostname)
  return new Promise((resolve) => {
    const fail = (error: unknown) => resolve({ error: codeOf(error) })
    try {
      const how = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' } }
      const asked = request(url, { ...how, signal: AbortSignal.timeout(timeoutMs), agent: false, ...(isHere ? { lookup } : {}) })
      asked.once('error', fail)
      asked.once('response', (response) =>
        readText(response).then((text) => {
          const ms = Math.round(performance.now() - startedAt)
          const date = new Date(response.headers.date ?? '')
          resolve({ status: response.statusCode ?? 0, text, ms, date: Number.isNaN(date.getTime()) ? null : date })
        }, fail),
      )
      asked.end(body)
    } catch (error) {
      fail(error)
    }
  })
}

async function readText(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response) {
    parts.push(part)
    size += part.length
    if (size > most) break
  }
  return Buffer.concat(parts).toString('utf8')
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'network'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout'
  return 'code' in error && typeof error.code === 'string' ? error.code : 'network'
}

/** Why a page of ours can't be had, in words, and what helps. */
export function explainLine(error: string): { why: string; mend: string } {
  if (error === 'timeout') return { why: '一直没有回应', mend: '放行防火墙（安全组）的 443 端口，看看反向代理是否在运行' }
  if (error === 'ENOTFOUND' || error === 'EAI_AGAIN')
    return { why: '域名解析不了', mend: '到域名服务商那里加上这个域名的解析记录' }
  if (error === 'ECONNREFUSED') return { why: '连接被拒绝', mend: '看看反向代理是否在运行，端口是否放行' }
  if (error === 'CERT_HAS_EXPIRED') return { why: '证书过期了', mend: '换上新的证书' }
  if (error === 'ERR_TLS_CERT_ALTNAME_INVALID') return { why: '证书不是这个域名的', mend: '换上这个域名的证书' }
  if (/SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(error))
    return { why: '证书不被信任（自签，或少了中间证书）', mend: '换上正规证书，并配上完整的证书链' }
  return { why: `连接出错（${error}）`, mend: '先在另一台电脑的浏览器里打开它看看' }
}
