import * as z from 'zod'
import type { Wecom } from './client.js'

const answer = z.object({ userid: z.string().optional(), external_userid: z.string().optional(), openid: z.string().optional() })

const ticketAnswer = z.object({ userid: z.string().min(1), user_ticket: z.string().default('') })
const detail = z.object({
  mobile: z.string().default(''),
  email: z.string().default(''),
  biz_mail: z.string().default(''),
})

/** Who opened the page. A stranger in WeChat is known by nothing but an openid. */
export type Visitor = { userid: string } | { externalUserId: string } | { openId: string }

/**
 * Where a page without a session sends its visitor. `state` comes back as it went: at most 128 letters and digits.
 * The host of `redirect` must be the app's trusted domain, port included.
 * https://developer.work.weixin.qq.com/document/path/91022
 */
export function authorizeUrl(wecom: Wecom, parts: { redirect: string; state: string }): string {
  return urlOf(wecom, 'snsapi_base', parts)
}

/**
 * As above, but the member is asked on a page of WeCom's whether we may have phone and mail. Only what the administrator
 * has ticked for the app can be agreed to. https://developer.work.weixin.qq.com/document/path/91022
 */
export function authorizePrivateUrl(wecom: Wecom, parts: { redirect: string; state: string }): string {
  return urlOf(wecom, 'snsapi_privateinfo', parts)
}

function urlOf(wecom: Wecom, scope: string, parts: { redirect: string; state: string }): string {
  if (!/^[A-Za-z0-9]{1,128}$/.test(parts.state)) throw new Error('WeCom OAuth: state must be 1 to 128 letters and digits')
  const { corpId, agentId, oauthBase } = wecom.settings
  const query = new URLSearchParams({
    appid: corpId,
    redirect_uri: parts.redirect,
    response_type: 'code',
    scope,
    state: parts.state,
    agentid: String(agentId),
  })
  return `${oauthBase}/connect/oauth2/authorize?${query}#wechat_redirect`
}

/**
 * The code is good once, for five minutes. A member of ours comes as `userid`; a customer that a colleague has added as
 * `externalUserId`. https://developer.work.weixin.qq.com/document/path/91023
 */
export async function memberOf(wecom: Wecom, code: string): Promise<Visitor> {
  const { userid, external_userid, openid } = answer.parse(await wecom.call('GET', 'auth/getuserinfo', { code }))
  if (userid) return { userid }
  if (external_userid) return { externalUserId: external_userid }
  return { openId: openid ?? '' }
}

export type PrivateInfo = { userid: string; mobile: string | null; email: string | null; bizMail: string | null }

/**
 * What the member agreed to tell; null is «not agreed to, not ticked for the app, or not there», which look the same.
 * Spends the code, as memberOf does. null altogether: not a member of ours.
 * https://developer.work.weixin.qq.com/document/path/95833
 */
export async function privateInfoOf(wecom: Wecom, code: string): Promise<PrivateInfo | null> {
  const known = ticketAnswer.safeParse(await wecom.call('GET', 'auth/getuserinfo', { code }))
  if (!known.success) return null
  const { userid, user_ticket } = known.data
  // Without a ticket: logged in by the ordinary way, or out of the app's range.
  if (!user_ticket) return { userid, mobile: null, email: null, bizMail: null }
  const told = detail.parse(await wecom.call('POST', 'auth/getuserdetail', { user_ticket }))
  return { userid, mobile: told.mobile || null, email: told.email || null, bizMail: told.biz_mail || null }
}
