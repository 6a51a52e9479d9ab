import { z } from 'zod'

const text = z.string().trim().min(1)
const aesKey = z.string().regex(/^[A-Za-z0-9]{43}$/, 'must be 43 letters and digits')
const url = z.url().transform((u) => u.replace(/\/+$/, ''))

const settings = z.object({
  WECOM_CORP_ID: text,
  WECOM_AGENT_ID: z.coerce.number().int(),
  WECOM_SECRET: text,
  WECOM_TOKEN: text,
  WECOM_AES_KEY: aesKey,
  WECOM_API_BASE: url.default('https://qyapi.weixin.qq.com'),
  WECOM_OAUTH_BASE: url.default('https://open.weixin.qq.com'),
  /** Members who are administrators from their first login, comma separated userids. */
  WECOM_ADMINS: z.string().default(''),
  WECOM_ARCHIVE_SECRET: text.optional(),
  /** JSON object: publickey_ver → PEM of the private key. */
  WECOM_ARCHIVE_KEYS: z
    .string()
    .default('{}')
    .transform((raw, ctx) => {
      try {
        return z.record(z.string(), z.string()).parse(JSON.parse(raw))
      } catch {
        ctx.addIssue({ code: 'custom', message: 'must be a JSON object: publickey_ver → private key' })
        return z.NEVER
      }
    }),
  WECOM_FINANCE_SDK: text.optional(),
  /** JSON object: a group's name → the key of its webhook, or the whole address as the client shows it. */
  WECOM_GROUP_WEBHOOKS: z
    .string()
    .default('{}')
    .transform((raw, ctx) => {
      try {
        const groups = z.record(z.string().trim().min(1), z.string().trim().min(1)).parse(JSON.parse(raw))
        return Object.fromEntries(Object.entries(groups).map(([name, key]) => [name, keyOf(key)]))
      } catch {
        ctx.addIssue({ code: 'custom', message: 'must be a JSON object: name of the group → key of its webhook' })
        return z.NEVER
      }
    }),
})

const keyOf = (text: string) => /[?&]key=([^&]+)/.exec(text)?.[1] ?? text

/** A further callback configuration: `/callback/wecom/<name>` reads WECOM_<NAME>_TOKEN and _AES_KEY. */
export type CallbackConfig = { name: string; token: string; aesKey: string; receiveId: string }

export type WecomConfig = {
  corpId: string
  agentId: number
  secret: string
  apiBase: string
  oauthBase: string
  admins: string[]
  /** By path: `app` is /callback/wecom, any other /callback/wecom/<name>. */
  callbacks: Map<string, CallbackConfig>
  archive: { secret: string; keys: Record<string, string>; sdk: string } | null
  /** A group's name → the key of its webhook (a secret). */
  groups: Record<string, string>
}

/**
 * An organisation that has DingTalk may have no WeCom: null while not one of its settings stands. Once one does, or where it
 * is `needed`, everything that is missing is named. `lines` are for loadConfig's list of what is wrong.
 */
export function readWecom(
  given: NodeJS.ProcessEnv,
  { needed }: { needed: boolean },
): { config: WecomConfig | null; lines: string[] } {
  if (!needed && !Object.keys(given).some((name) => name.startsWith('WECOM_'))) return { config: null, lines: [] }
  const parsed = settings.safeParse(given)
  const lines = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => {
      const name = path.join('.')
      return `  ${name}: ${name in given ? message : 'is missing'}`
    }),
    ...wrongCallbacks(given),
  ]
  if (!parsed.success || lines.length > 0) return { config: null, lines }
  const s = parsed.data
  return {
    lines: [],
    config: {
      corpId: s.WECOM_CORP_ID,
      agentId: s.WECOM_AGENT_ID,
      secret: s.WECOM_SECRET,
      apiBase: s.WECOM_API_BASE,
      oauthBase: s.WECOM_OAUTH_BASE,
      admins: list(s.WECOM_ADMINS),
      callbacks: callbackConfigs(given, s),
      archive:
        s.WECOM_ARCHIVE_SECRET && s.WECOM_FINANCE_SDK
          ? { secret: s.WECOM_ARCHIVE_SECRET, keys: s.WECOM_ARCHIVE_KEYS, sdk: s.WECOM_FINANCE_SDK }
          : null,
      groups: s.WECOM_GROUP_WEBHOOKS,
    },
  }
}

function callbackConfigs(env: NodeJS.ProcessEnv, s: z.infer<typeof settings>): Map<string, CallbackConfig> {
  const found = new Map<string, CallbackConfig>()
  found.set('app', { name: 'app', token: s.WECOM_TOKEN, aesKey: s.WECOM_AES_KEY, receiveId: s.WECOM_CORP_ID })
  for (const name of callbackNames(env)) {
    const token = env[`WECOM_${name}_TOKEN`] ?? ''
    // The intelligent robot (智能机器人) encrypts with an empty receive id.
    const receiveId = name === 'AIBOT' ? '' : s.WECOM_CORP_ID
    found.set(name.toLowerCase(), { name: name.toLowerCase(), token, aesKey: env[`WECOM_${name}_AES_KEY`] ?? '', receiveId })
  }
  return found
}

const callbackNames = (env: NodeJS.ProcessEnv) =>
  Object.keys(env).flatMap((key) => /^WECOM_([A-Z0-9]+)_TOKEN$/.exec(key)?.[1] ?? [])

/** A token alone opens nothing; and the app's own configuration has one name only. */
const wrongCallbacks = (env: NodeJS.ProcessEnv) =>
  callbackNames(env).flatMap((name) => {
    if (name === 'APP') return ['  WECOM_APP_TOKEN: the app itself is configured by WECOM_TOKEN and WECOM_AES_KEY']
    const key = aesKey.safeParse(env[`WECOM_${name}_AES_KEY`])
    return key.success ? [] : [`  WECOM_${name}_AES_KEY: must be 43 letters and digits, because WECOM_${name}_TOKEN is set`]
  })

const list = (raw: string) =>
  raw
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
