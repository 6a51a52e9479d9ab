import { request as askHttp, type IncomingMessage } from 'node:http'
import { request as askHttps } from 'node:https'
import { z } from 'zod'

/**
 * A card that leads to a page [JS]: `sendChatMessage({ msgtype: 'news', news })`. The SDK's types require all four; which one
 * of them an empty one breaks is our reading: only «invalid imgUrl» has words of its own there.
 */
export const news = z.object({
  link: z.string().refine(isWebAddress),
  title: z.string().trim().min(1),
  desc: z.string().default(''),
  imgUrl: z.string().default(''),
})
export type News = z.infer<typeof news>

const PATIENCE_MS = 3_000

/** The client shows the card's picture, so it fetches it: without our session, and from where everybody can. */
export async function isPicture(address: string): Promise<boolean> {
  if (!isWebAddress(address)) return false
  const answer = await fetchHead(new URL(address)).catch(() => null)
  return answer?.statusCode === 200 && /^image\//.test(answer.headers['content-type'] ?? '')
}

function fetchHead(url: URL): Promise<IncomingMessage> {
  // Browsers know that *.localhost is this machine (RFC 6761); Node asks a name server.
  const own = url.hostname.endsWith('.localhost')
  const ask = url.protocol === 'https:' ? askHttps : askHttp
  return new Promise((resolve, reject) => {
    const options = { ...(own ? { hostname: '127.0.0.1' } : {}), headers: { host: url.host }, timeout: PATIENCE_MS }
    const sent = ask(url, options, (answer) => {
      answer.destroy()
      resolve(answer)
    })
    sent.on('timeout', () => sent.destroy(new Error('too slow')))
    sent.on('error', reject)
    sent.end()
  })
}

function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)
}
