import type { Deps } from '../deps.js'
import { CODE_MS } from '../state/dingtalk/access.js'
import type { Fact } from '../state/state.js'
import { newSecret } from '../wecom/crypto.js'
import { giveOld, type Outcome, refuseOld } from './answer.js'
import type { Body } from './endpoint.js'
import { findMember, seesMember } from './people.js'

/** What `requestAuthCode` gives a page in a member's client: good once, for five minutes. Record the fact before it is given. */
export function issueCode(deps: Deps, userid: string): { code: string; fact: Fact } {
  const code = newSecret(24).replaceAll(/[-_]/g, '0')
  return { code, fact: { type: 'ding-code', code, userid, at: deps.clock.machine() } }
}

/** `POST /topapi/v2/user/getuserinfo` [obtain-the-userid-of-a-user-by-using-the-log-free]. */
export function getUserInfo(deps: Deps, body: Body): Outcome {
  const value = String(body.code ?? '')
  const code = deps.store.state.dingtalk.access.codes.get(value)
  const isGood = code && !code.used && deps.clock.machine() - code.at <= CODE_MS
  const member = isGood ? findMember(deps, code.userid) : undefined
  if (!member || !seesMember(deps, member)) return refuseOld(40078, '不存在的临时授权码')
  const { userid, unionid } = member.dingtalk
  const isAdmin = member.roles.includes('admin')
  return giveOld(
    {
      result: {
        userid,
        unionid,
        associated_unionid: unionid,
        name: member.name,
        device_id: 'b0100',
        sys: isAdmin,
        sys_level: isAdmin ? 1 : 0,
      },
    },
    [{ type: 'ding-code-used', code: value }],
  )
}
