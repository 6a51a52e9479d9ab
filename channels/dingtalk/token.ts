import * as z from 'zod'
import type { Reply } from './reply.js'

/** The call that fetches it, and so the name that it is kept under. */
export const tokenApi = 'oauth2/accessToken'

const answer = z.object({ accessToken: z.string().min(1).max(1024), expireIn: z.number().positive() })

/**
 * What is said for a token of the app, good at both APIs; asked again while it is good, the platform gives the same one.
 * https://open.dingtalk.com/document/development/obtain-the-access-token-of-an-internal-app
 */
export const tokenBody = (app: { clientId: string; clientSecret: string }) => ({
  appKey: app.clientId,
  appSecret: app.clientSecret,
})

export function readToken(reply: Reply): { value: string; lifeMs: number } {
  const { accessToken, expireIn } = answer.parse(reply)
  return { value: accessToken, lifeMs: expireIn * 1000 }
}
