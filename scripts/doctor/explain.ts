import { refusalOf } from '../../channels/wecom/errors.js'
import { broken, type Finding, look } from './check.js'
import { type Answer, addressIn } from './platform.js'

type Context = {
  /** The call: what it was for decides what a code means. */
  path: string
  /** The setting that holds the secret, and the console page that shows it. */
  secret: { name: string; page: string }
  /** The page with the list of trusted addresses that holds for this secret. */
  trusted: string
}

type Words = { why: string; mend: string }

/** https://developer.work.weixin.qq.com/document/path/90313, as far as an administrator can mend it. */
const meanings: Record<number, (context: Context, answer: Answer) => Words> = {
  40001: ({ secret }) => ({
    why: `${secret.name} 不对（多半少复制了一位，或者在后台重置过）`,
    mend: `到${secret.page}查看 Secret，重新填进 ${secret.name}。别反复试错的：错多了这台机器会被封一小时`,
  }),
  40013: () => ({
    why: '企业 ID 不对',
    mend: '到管理后台「我的企业 → 企业信息」最下面复制企业ID，填进 WECOM_CORP_ID',
  }),
  40014: () => ({ why: 'access_token 刚刚失效', mend: '过一分钟再运行一次' }),
  42001: () => ({ why: 'access_token 刚刚过期', mend: '过一分钟再运行一次' }),
  41002: () => ({ why: '没有带上企业 ID', mend: '填好 WECOM_CORP_ID' }),
  41004: ({ secret }) => ({ why: '没有带上 Secret', mend: `填好 ${secret.name}` }),
  40056: () => ({ why: '没有这个应用', mend: '到管理后台「应用管理 → 自建 → 应用详情」核对 AgentId，填进 WECOM_AGENT_ID' }),
  301002: ({ secret }) => ({
    why: 'AgentId 和 Secret 不是同一个应用的',
    mend: `到管理后台「应用管理 → 自建 → 应用详情」，把同一页上的两个值填进 WECOM_AGENT_ID 和 ${secret.name}`,
  }),
  48001: () => ({ why: '应用没有这个接口的权限', mend: '到管理后台的应用详情里授权' }),
  48002: ({ path }) =>
    path.startsWith('externalcontact/')
      ? {
          why: '应用不在客户联系「可调用接口的应用」里',
          mend: '到管理后台「客户与上下游 → 客户联系 → API → 可调用接口的应用」勾选这个应用',
        }
      : { why: '这个 Secret 不能调用这个接口', mend: '核对 Secret 属于哪个应用，各填各的' },
  48006: () => ({ why: '接口权限被收回了', mend: '到管理后台重新授权' }),
  60011: () => ({ why: '成员不在应用可见范围', mend: '到管理后台「应用管理 → 自建 → 应用详情 → 可见范围」把人加上' }),
  60020: untrusted,
  301042: untrusted,
  301052: () => ({ why: '会话内容存档到期了', mend: '到管理后台「管理工具 → 聊天内容存档」续费' }),
  701008: () => ({ why: '没有接口许可', mend: '到管理后台购买并激活互通账号' }),
}

/** The words of the refusal name the address that the platform saw. */
function untrusted({ trusted }: Context, { errmsg }: Answer): Words {
  const address = addressIn(errmsg)
  return {
    why: `服务器的出口地址${address ? ` ${address} ` : ''}不在可信 IP 里`,
    mend: `到${trusted}加上${address ? ` ${address}` : '这台服务器的出口地址'}`,
  }
}

/** What passes by itself: nothing to mend. */
const passing: Record<number, string> = {
  [-1]: '企业微信说系统繁忙',
  45009: '这一会儿调用太多，被限流了',
  45033: '这一会儿并发太多，被限流了',
}

/** Never for code 0. */
export function explain(answer: Answer, context: Context): Finding {
  const { code, hint } = answer
  if (typeof code === 'string') return explainLine(code, hint)
  const wait = passing[code]
  if (wait) return look(`${wait}（${code}）`, '过一分钟再运行一次')
  const known = meanings[code]
  if (!known)
    return broken(`${refusalOf(context.path, code).hint}（${context.path} ${code}）`, `按错误码 ${code} 查官方「全局错误码」`)
  const { why, mend } = known(context, answer)
  return broken(`${why}（${code}）`, mend)
}

/** No answer of the platform's own came. */
function explainLine(code: string, hint: string): Finding {
  const lines: Record<string, Words> = {
    timeout: { why: '等了很久没有回应', mend: '看看这台机器的防火墙、代理是否放行 443 到 qyapi.weixin.qq.com' },
    ENOTFOUND: { why: '域名解析不了', mend: '看看这台机器的 DNS，或 WECOM_API_BASE 是否写错' },
    EAI_AGAIN: { why: '域名解析不了', mend: '看看这台机器的 DNS' },
    ECONNREFUSED: { why: '对方拒绝连接', mend: '看看 WECOM_API_BASE 是否写错、代理是否在运行' },
  }
  const known = lines[code]
  if (known) return broken(`连不上企业微信：${known.why}`, known.mend)
  if (code.startsWith('http-') || code === 'bad-answer')
    return broken(`${hint}（${code}）`, '核对 WECOM_API_BASE；不用代理就删掉这一行')
  return broken(`连不上企业微信（${code}）`, '看看这台机器能不能上网、证书是否过期')
}
