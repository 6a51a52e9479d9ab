import * as z from 'zod'
import { refusalOf } from './errors.js'
import type { Fetch } from './fetch.js'

const answer = z.object({ access_token: z.string().min(1).max(512), expires_in: z.number().positive() })

/** One call for a token. Keep what it gives (keep.ts). https://developer.work.weixin.qq.com/document/path/91039 */
export async function fetchToken(
  fetch: Fetch,
  app: { corpId: string; secret: string },
): Promise<{ value: string; lifeMs: number }> {
  const reply = await fetch('GET', 'gettoken', { query: { corpid: app.corpId, corpsecret: app.secret } })
  if (reply.errcode !== 0) throw refusalOf('gettoken', reply.errcode)
  const { access_token: value, expires_in: seconds } = answer.parse(reply)
  return { value, lifeMs: seconds * 1000 }
}
