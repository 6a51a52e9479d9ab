import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerJson, pathOf, queryOf, readBody } from '../http.js'

const TOKEN_SECONDS = 7_200

type Settings = { appId: string; appSecret: string; machine: () => number }
type Kept = { value: string; at: number }

/**
 * A 公众号 as far as JS-SDK pages need one: `POST cgi-bin/stable_token`, `GET cgi-bin/ticket/getticket`, and whether a page's
 * signature is good, as the WeChat client would find at `wx.config`. Both live two hours of machine time; the same stable token
 * is given again while it lives.
 */
export function createMp({ appId, appSecret, machine }: Settings) {
  let token: Kept | null = null
  const tickets: Kept[] = []
  const calls: string[] = []
  const secondsLeft = ({ at }: Kept) => TOKEN_SECONDS - Math.floor((machine() - at) / 1000)

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = pathOf(req)
    calls.push(path.replace('/cgi-bin/', ''))
    if (path === '/cgi-bin/stable_token' && req.method === 'POST') return giveToken(req, res)
    if (path === '/cgi-bin/ticket/getticket' && req.method === 'GET') return giveTicket(req, res)
    answerJson(res, { errcode: 40066, errmsg: 'invalid url' })
  }

  async function giveToken(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const asked = JSON.parse(String(await readBody(req)))
    if (asked.grant_type !== 'client_credential') return answerJson(res, { errcode: 40002, errmsg: 'invalid grant_type' })
    if (asked.appid !== appId) return answerJson(res, { errcode: 40013, errmsg: 'invalid appid' })
    if (asked.secret !== appSecret) return answerJson(res, { errcode: 40125, errmsg: 'invalid appsecret' })
    if (!token || secondsLeft(token) <= 0) token = { value: randomBytes(64).toString('hex'), at: machine() }
    answerJson(res, { access_token: token.value, expires_in: secondsLeft(token) })
  }

  function giveTicket(req: IncomingMessage, res: ServerResponse): void {
    answerJson(res, ticketFor(queryOf(req)))
  }

  function ticketFor(query: URLSearchParams): object {
    if (!token || query.get('access_token') !== token.value)
      return { errcode: 40001, errmsg: 'invalid credential, access_token is invalid or not latest' }
    if (secondsLeft(token) <= 0) return { errcode: 42001, errmsg: 'access_token expired' }
    if (query.get('type') !== 'jsapi') return { errcode: 40097, errmsg: 'invalid args' }
    const known = tickets.findLast((ticket) => secondsLeft(ticket) > 0)
    const given = known ?? { value: randomBytes(43).toString('base64url'), at: machine() }
    if (!known) tickets.push(given)
    return { errcode: 0, errmsg: 'ok', ticket: given.value, expires_in: secondsLeft(given) }
  }

  return {
    answer,
    calls,
    /** The token ends before its time, as when its secret is reset. */
    expire: () => {
      if (token) token.at = machine() - TOKEN_SECONDS * 1000
    },
    /** What the WeChat client asks its server at `wx.config`. */
    isSigned(page: { appId: string; timestamp: number; nonceStr: string; signature: string; url: string }): boolean {
      if (page.appId !== appId) return false
      return tickets
        .filter((ticket) => secondsLeft(ticket) > 0)
        .some(({ value }) => {
          const parts = {
            jsapi_ticket: value,
            noncestr: page.nonceStr,
            timestamp: String(page.timestamp),
            url: page.url.replace(/#.*/, ''),
          }
          const text = Object.entries(parts)
            .map(([name, part]) => `${name}=${part}`)
            .join('&')
          return createHash('sha1').update(text).digest('hex') === page.signature
        })
    },
  }
}
