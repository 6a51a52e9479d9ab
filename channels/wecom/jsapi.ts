import { hash } from 'node:crypto'
import * as z from 'zod'
import type { Wecom } from './client.js'

const ticketAnswer = z.object({ ticket: z.string().min(1).max(512), expires_in: z.number().positive() })

export type PageSignature = { timestamp: number; nonceStr: string; signature: string }
export type PageSignatures = { corp: PageSignature; agent: PageSignature }

/**
 * SHA-1 over ticket, nonce, time and address, in this order and not encoded. The address is the page's own, without `#…`.
 * https://developer.work.weixin.qq.com/document/path/90506
 */
export function signPage(parts: { ticket: string; nonceStr: string; timestamp: number; url: string }): string {
  const url = parts.url.split('#', 1)[0]
  return hash('sha1', `jsapi_ticket=${parts.ticket}&noncestr=${parts.nonceStr}&timestamp=${parts.timestamp}&url=${url}`, 'hex')
}

/** Signs pages for `ww.register`: as the corp (config) and as the app (agentConfig), which have a ticket each. */
export function createPageSigner(wecom: Wecom): (url: string, nonceStr: string) => Promise<PageSignatures> {
  // 400 an hour per corp and 100 per app is all the platform gives, so a ticket is kept as long as it lives.
  const corp = wecom.keep('get_jsapi_ticket', async () => ticketOf(await wecom.call('GET', 'get_jsapi_ticket')))
  const agent = wecom.keep('ticket/get', async () => ticketOf(await wecom.call('GET', 'ticket/get', { type: 'agent_config' })))

  return async (url, nonceStr) => {
    const [corpTicket, agentTicket] = await Promise.all([corp.get(), agent.get()])
    const timestamp = Math.floor(wecom.machineNow().getTime() / 1000)
    const sign = (ticket: string) => ({ timestamp, nonceStr, signature: signPage({ ticket, nonceStr, timestamp, url }) })
    return { corp: sign(corpTicket), agent: sign(agentTicket) }
  }
}

function ticketOf(reply: unknown): { value: string; lifeMs: number } {
  const { ticket, expires_in: seconds } = ticketAnswer.parse(reply)
  return { value: ticket, lifeMs: seconds * 1000 }
}
