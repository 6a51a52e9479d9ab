import { z } from 'zod'

const text = z.string().trim().min(1)
const url = z.url().transform((u) => u.replace(/\/+$/, ''))
const count = z.coerce.number().int().min(1)

const settings = z.object({
  DINGTALK_CORP_ID: text,
  DINGTALK_CLIENT_ID: text,
  DINGTALK_CLIENT_SECRET: text,
  DINGTALK_AGENT_ID: z.coerce.number().int(),
  /** An internal robot's code is its app's client id, unless the console says otherwise. */
  DINGTALK_ROBOT_CODE: text.optional(),
  DINGTALK_API_BASE: url.default('https://api.dingtalk.com'),
  DINGTALK_OAPI_BASE: url.default('https://oapi.dingtalk.com'),
  /** How the platform reaches us: a connection that we hold, or calls to PUBLIC_URL. */
  DINGTALK_MODE: z.enum(['stream', 'http']).optional(),
  DINGTALK_TOKEN: text.optional(),
  DINGTALK_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9]{43}$/, 'must be 43 letters and digits')
    .optional(),
  DINGTALK_CARD_TEMPLATE_ID: text.optional(),
  DINGTALK_CARD_SECRET: text.optional(),
  DINGTALK_ADMINS: z.string().default(''),
  /** The edition's monthly quota: standard 5,000 paid calls and 3,000 pushes. */
  DINGTALK_MONTHLY_CALLS: count.default(5_000),
  DINGTALK_MONTHLY_PUSHES: count.default(3_000),
  DINGTALK_STREAMS: count.max(10).default(2),
})

export type DingtalkConfig = {
  corpId: string
  clientId: string
  clientSecret: string
  agentId: number
  robotCode: string
  apiBase: string
  oapiBase: string
  mode: 'stream' | 'http'
  /** Of the HTTP event subscription; null where there is none. */
  callback: { token: string; aesKey: string } | null
  /** The interactive card that was made in the card builder; null: cards leave as messages with a link. */
  cardTemplateId: string | null
  /** What clicks are signed with in HTTP mode; null: none is taken over HTTP. */
  cardSecret: string | null
  /** Userids of administrators from their first login. */
  admins: string[]
  /** How much the organisation's edition allows a month. */
  quota: { calls: number; pushes: number }
  /** Stream connections that all server processes hold together. */
  streams: number
}

/**
 * Off while no DINGTALK_CORP_ID, _CLIENT_ID or _CLIENT_SECRET stands; once one does, everything that is missing is named.
 * `lines` are for loadConfig's list of what is wrong.
 */
export function readDingtalk(given: Record<string, string | undefined>): { config: DingtalkConfig | null; lines: string[] } {
  if (!given.DINGTALK_CORP_ID && !given.DINGTALK_CLIENT_ID && !given.DINGTALK_CLIENT_SECRET) return { config: null, lines: [] }
  const parsed = settings.safeParse(given)
  if (!parsed.success)
    return {
      config: null,
      lines: parsed.error.issues.map(({ path, message }) => {
        const name = path.join('.')
        return `  ${name}: ${name in given ? message : 'is missing, because DingTalk is set up'}`
      }),
    }
  const s = parsed.data
  if (Boolean(s.DINGTALK_TOKEN) !== Boolean(s.DINGTALK_AES_KEY))
    return { config: null, lines: ['  DINGTALK_TOKEN and DINGTALK_AES_KEY: belong together'] }
  const callback = s.DINGTALK_TOKEN && s.DINGTALK_AES_KEY ? { token: s.DINGTALK_TOKEN, aesKey: s.DINGTALK_AES_KEY } : null
  const mode = s.DINGTALK_MODE ?? (callback ? 'http' : 'stream')
  if (mode === 'http' && !callback)
    return { config: null, lines: ['  DINGTALK_TOKEN, DINGTALK_AES_KEY: are missing, because DINGTALK_MODE is http'] }
  return {
    lines: [],
    config: {
      corpId: s.DINGTALK_CORP_ID,
      clientId: s.DINGTALK_CLIENT_ID,
      clientSecret: s.DINGTALK_CLIENT_SECRET,
      agentId: s.DINGTALK_AGENT_ID,
      robotCode: s.DINGTALK_ROBOT_CODE ?? s.DINGTALK_CLIENT_ID,
      apiBase: s.DINGTALK_API_BASE,
      oapiBase: s.DINGTALK_OAPI_BASE,
      mode,
      callback,
      cardTemplateId: s.DINGTALK_CARD_TEMPLATE_ID ?? null,
      cardSecret: s.DINGTALK_CARD_SECRET ?? null,
      admins: s.DINGTALK_ADMINS.split(',').flatMap((part) => part.trim() || []),
      quota: { calls: s.DINGTALK_MONTHLY_CALLS, pushes: s.DINGTALK_MONTHLY_PUSHES },
      streams: s.DINGTALK_STREAMS,
    },
  }
}
