import { z } from 'zod'
import { type DingtalkConfig, readDingtalk } from './dingtalk-config.js'
import { type QuoteConfig, readQuote } from './quote-config.js'
import { type MailSettings, type Optional, readMail, readSms, type SmsSettings } from './sms-mail-config.js'
import { readWecom, type WecomConfig } from './wecom-config.js'

/**
 * The only file that reads the environment (scripts/ aside). Parsed once at start; a production process refuses to
 * start without its secrets and names each one that is missing.
 */
const text = z.string().trim().min(1)
const url = z.url().transform((u) => u.replace(/\/+$/, ''))
/** Letters and digits only, on both sides: nothing else can be made to stand at our root. */
const verifyFiles = z.record(
  z.string().regex(/^(WW|MP)_verify_[A-Za-z0-9]{1,64}\.txt$/),
  z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{1,128}$/),
)

const settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  HOST: text.optional(),
  /** Proxies of ours that a request passes: the last so many addresses of X-Forwarded-For are theirs to tell. */
  PROXY_HOPS: z.coerce.number().int().min(0).max(5).default(1),
  PORT: z.coerce.number().int().min(0).max(65535).default(3301),
  PUBLIC_URL: url,
  /** Further hosts on which the product's own pages are served, comma separated; `.x` is any subdomain of x. */
  PUBLIC_HOSTS: z.string().default(''),
  /** Who may show our pages in a frame, as in CSP; empty: nobody. */
  FRAME_ANCESTORS: z.string().default(''),
  /** JSON object: WW_verify_….txt or MP_verify_….txt → what is in it, as the platform gave both. */
  VERIFY_FILES: z
    .string()
    .default('{}')
    .transform((raw, ctx) => {
      try {
        return verifyFiles.parse(JSON.parse(raw))
      } catch {
        ctx.addIssue({ code: 'custom', message: 'must be a JSON object: WW_verify_….txt or MP_verify_….txt → its content' })
        return z.NEVER
      }
    }),
  /** What the organisation is called on its pages. */
  ORGANISATION: z.string().default('不漏'),
  DATABASE_URL: text,
  REDIS_URL: text,
  OUTBOX_LEASE_MS: z.coerce.number().int().min(1_000).default(60_000),
  OUTBOX_STUCK_MS: z.coerce.number().int().min(1_000).default(900_000),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters'),
  DATA_KEY: z.string().min(32, 'must have at least 32 characters'),

  /** What the organisation's phone system signs its calls with; without it /hooks/calls is closed. */
  CALLS_HOOK_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
})

export type Config = {
  production: boolean
  organisationName: string
  logLevel: string
  server: { host: string; port: number; proxyHops: number; publicUrl: string; publicHosts: string[]; frameAncestors: string }
  /** By name: what proves to the platform that the domain is ours. */
  verifyFiles: Record<string, string>
  databaseUrl: string
  redisUrl: string
  /** After this long a worker that said nothing is taken for dead, and what it was at is begun again. */
  outboxLeaseMs: number
  /** Tried in vain for so long, what is to be said goes by the next channel of its route as well. */
  outboxStuckMs: number
  sessionSecret: string
  dataKey: string
  callsHookSecret: string | null
  /** Null: the organisation has DingTalk alone. */
  wecom: WecomConfig | null
  /** Null: the organisation has no DingTalk. */
  dingtalk: DingtalkConfig | null
  /** Off until complete, and says why. */
  sms: Optional<SmsSettings>
  mail: Optional<MailSettings>
  /** Where customers open quotes. */
  quote: QuoteConfig
}

/** Throws an Error whose message lists every wrong or missing setting, one a line. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''))
  const parsed = settings.safeParse(given)
  const dingtalk = readDingtalk(given)
  const wecom = readWecom(given, { needed: !dingtalk.config && dingtalk.lines.length === 0 })
  const quote = readQuote(given)
  const lines = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => {
      const name = path.join('.')
      return `  ${name}: ${name in given ? message : 'is missing'}`
    }),
    ...wecom.lines,
    ...dingtalk.lines,
    ...quote.lines,
  ]
  if (!parsed.success || lines.length > 0) {
    throw new Error(
      `Bulou cannot start, these settings are missing or wrong (see .env.example):\n${[...new Set(lines)].join('\n')}`,
    )
  }
  const s = parsed.data
  const production = s.NODE_ENV === 'production'
  const host = new URL(s.PUBLIC_URL).host
  return {
    production,
    organisationName: s.ORGANISATION,
    logLevel: s.LOG_LEVEL,
    server: {
      host: s.HOST ?? (production ? '0.0.0.0' : '127.0.0.1'),
      port: s.PORT,
      proxyHops: s.PROXY_HOPS,
      publicUrl: s.PUBLIC_URL,
      publicHosts: [host, ...list(s.PUBLIC_HOSTS)],
      frameAncestors: s.FRAME_ANCESTORS,
    },
    verifyFiles: s.VERIFY_FILES,
    databaseUrl: s.DATABASE_URL,
    redisUrl: s.REDIS_URL,
    outboxLeaseMs: s.OUTBOX_LEASE_MS,
    outboxStuckMs: s.OUTBOX_STUCK_MS,
    sessionSecret: s.SESSION_SECRET,
    dataKey: s.DATA_KEY,
    callsHookSecret: s.CALLS_HOOK_SECRET ?? null,
    wecom: wecom.config,
    dingtalk: dingtalk.config,
    sms: readSms(given),
    mail: readMail(given),
    quote: quote.config,
  }
}

const list = (raw: string) =>
  raw
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
