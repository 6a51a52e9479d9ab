import type { Optional } from './sms-mail-config.js'

/** The organisation's own 公众号, with which a quote that is shared on in WeChat keeps its title and picture. */
export type MpSettings = {
  appId: string
  appSecret: string
  /** https://api.weixin.qq.com, or the stand-in. */
  apiBase: string
}

export type QuoteConfig = {
  /** Origin under which customers open quotes: `<url>/q/<token>`. PUBLIC_URL where quotes have none of their own. */
  url: string
  /** The host that serves quotes and nothing else; null where they stand beside everything else. */
  ownHost: string | null
  /** Off until complete, and says why. */
  mp: Optional<MpSettings>
}

type Env = Record<string, string | undefined>

/** `lines` are for loadConfig's list of what is wrong. */
export function readQuote(env: Env): { config: QuoteConfig; lines: string[] } {
  const { origin: publicUrl, host: publicHost } = readOrigin(env.PUBLIC_URL) ?? { origin: '', host: '' }
  const own = env.QUOTE_URL ? readOrigin(env.QUOTE_URL) : null
  const lines = env.QUOTE_URL && !own ? ['  QUOTE_URL: must be an address without a path, like https://q.example.com'] : []
  return {
    lines,
    config: {
      url: own?.origin ?? publicUrl,
      ownHost: own && own.host !== publicHost ? own.host : null,
      mp: readMp(env),
    },
  }
}

/** Half of it never stops a start: quotes are shared as a bare link then. */
function readMp(env: Env): Optional<MpSettings> {
  const appId = env.WECHAT_MP_APPID?.trim() ?? ''
  const appSecret = env.WECHAT_MP_SECRET?.trim() ?? ''
  if (!appId && !appSecret) return off('没有配置公众号：客户把报价转给别人时，只显示成一条链接')
  if (!appId) return off('公众号还缺：AppID WECHAT_MP_APPID')
  if (!appSecret) return off('公众号还缺：AppSecret WECHAT_MP_SECRET')
  const base = readOrigin(env.WECHAT_MP_API_BASE || 'https://api.weixin.qq.com')
  if (!base) return off('WECHAT_MP_API_BASE 必须是不带路径的 http 或 https 地址')
  return { settings: { appId, appSecret, apiBase: base.origin }, why: null }
}

const off = (why: string) => ({ settings: null, why })

function readOrigin(text: string | undefined): { origin: string; host: string } | null {
  if (!text || !URL.canParse(text.trim())) return null
  const { protocol, pathname, search, origin, host } = new URL(text.trim())
  return /^https?:$/.test(protocol) && pathname === '/' && search === '' ? { origin, host } : null
}
