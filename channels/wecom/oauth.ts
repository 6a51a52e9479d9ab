import * as z from 'zod'
import type { Wecom } from './client.js'

const answer = z.object({ userid: z.string().optional(), external_userid: z.string().optional(), openid: z.string().optional() })

/** Who opened the page. A stranger in WeChat is known by nothing but an openid. */
export type Visitor = { userid: string } | { externalUserId: string } | { openId: string }

/**
 * Where a page without a session sends its visitor. `state` comes back as it went: at most 128 letters and digits.
 * The host of `redirect` must be the app's trusted domain, port included.
 * https://developer.work.weixin.qq.com/document/path/91022
 */
export function authorizeUrl(wecom: Wecom, parts: { redirect: string; state: string }): string {
  if (!/^[A-Za-z0-9]{1,128}$/.test(parts.state)) throw new Error('WeCom OAuth: state must be 1 to 128 letters and digits')
  const { corpId, agentId, oauthBase } = wecom.settings
  const query = new URLSearchParams({
    appid: corpId,
    redirect_uri: parts.redirect,
    response_type: 'code',
    scope: 'snsapi_base',
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
