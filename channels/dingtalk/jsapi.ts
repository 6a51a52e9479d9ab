import { hash } from 'node:crypto'
import * as z from 'zod'
import type { Dingtalk } from './client.js'

const api = 'oauth2/jsapiTickets'
const ticketAnswer = z.object({ jsapiTicket: z.string().min(1).max(1024), expireIn: z.number().positive() })

/** What dd.config takes, beside agentId and corpId. `timeStamp` in seconds. */
export type PageSignature = { timeStamp: number; nonceStr: string; signature: string }

/**
 * SHA-256 over ticket, nonce, time and address, in this order. The address is the page's own, without `#…` and with its
 * query decoded. https://open.dingtalk.com/document/development/jsapi-authentication
 */
export function signPage(parts: { ticket: string; nonceStr: string; timeStamp: number; url: string }): string {
  const { ticket, nonceStr, timeStamp, url } = parts
  const plain = `jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timeStamp}&url=${decodeQuery(url)}`
  return hash('sha256', plain, 'hex')
}

/** Signs pages for dd.config, with a ticket that all processes share. */
export function createPageSigner(dingtalk: Dingtalk): (url: string, nonceStr: string) => Promise<PageSignature> {
  const tickets = dingtalk.keep(api, async () => {
    const reply = await dingtalk.call('POST', `/v1.0/${api}`, { free: true, reads: true })
    const { jsapiTicket, expireIn } = ticketAnswer.parse(reply)
    return { value: jsapiTicket, lifeMs: expireIn * 1000 }
  })
  return async (url, nonceStr) => {
    const ticket = await tickets.get()
    const timeStamp = Math.floor(dingtalk.machineNow().getTime() / 1000)
    return { timeStamp, nonceStr, signature: signPage({ ticket, nonceStr, timeStamp, url }) }
  }
}

/** As the page's sample does: a plus is a space there. What does not decode stays as it is. */
function decodeQuery(url: string): string {
  const [page = ''] = url.split('#', 1)
  const at = page.indexOf('?')
  if (at < 0) return page
  try {
    return page.slice(0, at + 1) + decodeURIComponent(page.slice(at + 1).replaceAll('+', ' '))
  } catch {
    return page
  }
}
