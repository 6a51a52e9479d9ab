import { z } from 'zod'
import { type DingtalkSettings, readDingtalk } from './dingtalk/settings.js'

const text = z.string().trim().min(1)
const aesKey = z.string().regex(/^[A-Za-z0-9]{43}$/, 'must be 43 letters and digits')
const url = z.url().transform((u) => u.replace(/\/+$/, ''))

const settings = z.object({
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: z.string().default('info'),
  STANDIN_PORT: z.coerce.number().int().min(0).max(65535),
  STANDIN_HOST: text.default('127.0.0.1'),
  STANDIN_WORLD: text,
  STANDIN_JOURNAL: text,
  /** The product that is proxied and called back. */
  STANDIN_PRODUCT: url,
  STANDIN_DESK: text.optional(),
  /** How long one delivery of a callback may take [D 90930]. */
  STANDIN_CALLBACK_MS: z.coerce.number().int().min(1).default(5_000),
  /** How far apart deliveries of one callback begin, at least. */
  STANDIN_CALLBACK_GAP_MS: z.coerce.number().int().min(1).default(5_000),
  DATABASE_URL: text.optional(),
  PUBLIC_URL: url,
  WECOM_OAUTH_BASE: url,
  WECOM_CORP_ID: text,
  WECOM_AGENT_ID: z.coerce.number().int(),
  WECOM_SECRET: text,
  WECOM_TOKEN: text,
  WECOM_AES_KEY: aesKey,
  WECOM_ARCHIVE_SECRET: text.optional(),
  WECOM_ARCHIVE_TOKEN: text.optional(),
  WECOM_ARCHIVE_AES_KEY: aesKey.optional(),
  /** JSON: publickey_ver → PEM. The product's private keys; only their public half is used here. */
  WECOM_ARCHIVE_KEYS: z.string().default('{}'),
  /** One account that both operators know. Without a key there are no operators here. */
  SMS_ACCESS_KEY_ID: text.optional(),
  SMS_ACCESS_KEY_SECRET: text.optional(),
  SMS_SIGN_NAME: text.optional(),
  SMS_TEMPLATE_ID: text.optional(),
  SMS_CODE_TEMPLATE_ID: text.optional(),
  SMS_SDK_APP_ID: text.optional(),
  /** The approved wording. Alibaba fills its gaps by name, Tencent in their order. */
  STANDIN_SMS_TEMPLATE: text.default('您有{n}项客户待办，最早{time}到期，请打开企业微信查看'),
  STANDIN_SMS_CODE_TEMPLATE: text.default('您的验证码是{code}，10分钟内有效'),
  /** How long the operator takes to say what became of a message. */
  STANDIN_SMS_RECEIPT_MS: z.coerce.number().int().min(0).default(2_000),
  /** Where mail is received; 0 for nowhere. */
  STANDIN_SMTP_PORT: z.coerce.number().int().min(0).max(65535).default(0),
  /** Only the account in it is used: who may hand in mail. */
  MAIL_URL: z.url().optional(),
})

export type ArchiveKey = { publicKeyVersion: number; publicKeyPem: string }

export type CallbackConfig = { path: string; token: string; aesKey: string }

export type Settings = {
  logLevel: string
  port: number
  host: string
  world: string
  journal: string
  product: string
  desk: string | null
  callbackMs: number
  callbackGapMs: number
  databaseUrl: string | null
  /** The trusted domain, and the parent of every person's own host. */
  publicUrl: URL
  oauthBase: URL
  corpId: string
  agentId: number
  secret: string
  callbacks: { app: CallbackConfig; archive: CallbackConfig | null }
  /** Keys by rising version. */
  archive: { secret: string; keys: ArchiveKey[] } | null
  /** Null: there is no DingTalk here. */
  dingtalk: DingtalkSettings | null
  sms: SmsSettings | null
  smtp: { port: number; user: string; password: string } | null
}

export type SmsSettings = {
  keyId: string
  secret: string
  /** Null: nothing was handed in for approval, so nothing is approved. */
  signName: string | null
  sdkAppId: string | null
  /** Id → wording. */
  templates: Record<string, string>
  receiptMs: number
}

/** Throws an Error that names every wrong setting; refuses outright in production. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  if (env.NODE_ENV === 'production') throw new Error('The stand-in never starts in production (NODE_ENV=production).')
  const given = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''))
  const parsed = settings.safeParse(given)
  const dingtalk = readDingtalk(given)
  if (!parsed.success || dingtalk.lines.length > 0) {
    const issues = parsed.error?.issues ?? []
    const wrong = issues.map((i) => `  ${i.path.join('.')}: ${i.code === 'invalid_type' ? 'is missing' : i.message}`)
    const lines = [...wrong, ...dingtalk.lines]
    throw new Error(`The stand-in cannot start, these settings are missing or wrong:\n${lines.join('\n')}`)
  }
  const s = parsed.data
  const keys = readKeys(s.WECOM_ARCHIVE_KEYS)
  return {
    logLevel: s.LOG_LEVEL,
    port: s.STANDIN_PORT,
    host: s.STANDIN_HOST,
    world: s.STANDIN_WORLD,
    journal: s.STANDIN_JOURNAL,
    product: s.STANDIN_PRODUCT,
    desk: s.STANDIN_DESK ?? null,
    callbackMs: s.STANDIN_CALLBACK_MS,
    callbackGapMs: s.STANDIN_CALLBACK_GAP_MS,
    databaseUrl: s.DATABASE_URL ?? null,
    publicUrl: new URL(s.PUBLIC_URL),
    oauthBase: new URL(s.WECOM_OAUTH_BASE),
    corpId: s.WECOM_CORP_ID,
    agentId: s.WECOM_AGENT_ID,
    secret: s.WECOM_SECRET,
    callbacks: {
      app: { path: '/callback/wecom', token: s.WECOM_TOKEN, aesKey: s.WECOM_AES_KEY },
      archive:
        s.WECOM_ARCHIVE_TOKEN && s.WECOM_ARCHIVE_AES_KEY
          ? { path: '/callback/wecom/archive', token: s.WECOM_ARCHIVE_TOKEN, aesKey: s.WECOM_ARCHIVE_AES_KEY }
          : null,
    },
    archive: s.WECOM_ARCHIVE_SECRET && keys.length > 0 ? { secret: s.WECOM_ARCHIVE_SECRET, keys } : null,
    dingtalk: dingtalk.config,
    sms: readSms(s),
    smtp: s.STANDIN_SMTP_PORT ? { port: s.STANDIN_SMTP_PORT, ...accountOf(s.MAIL_URL) } : null,
  }
}

function readSms(s: z.infer<typeof settings>): SmsSettings | null {
  if (!s.SMS_ACCESS_KEY_ID || !s.SMS_ACCESS_KEY_SECRET) return null
  return {
    keyId: s.SMS_ACCESS_KEY_ID,
    secret: s.SMS_ACCESS_KEY_SECRET,
    signName: s.SMS_SIGN_NAME ?? null,
    sdkAppId: s.SMS_SDK_APP_ID ?? null,
    templates: {
      ...(s.SMS_TEMPLATE_ID ? { [s.SMS_TEMPLATE_ID]: s.STANDIN_SMS_TEMPLATE } : {}),
      ...(s.SMS_CODE_TEMPLATE_ID ? { [s.SMS_CODE_TEMPLATE_ID]: s.STANDIN_SMS_CODE_TEMPLATE } : {}),
    },
    receiptMs: s.STANDIN_SMS_RECEIPT_MS,
  }
}

function accountOf(mailUrl: string | undefined): { user: string; password: string } {
  const { username, password } = mailUrl ? new URL(mailUrl) : { username: '', password: '' }
  return { user: decodeURIComponent(username), password: decodeURIComponent(password) }
}

/** An organisation that rotated its key keeps the old ones; new records are sealed with the newest. */
function readKeys(json: string): ArchiveKey[] {
  const keys = z.record(z.string().regex(/^\d+$/), z.string()).parse(JSON.parse(json))
  return Object.entries(keys)
    .map(([version, pem]) => ({ publicKeyVersion: Number(version), publicKeyPem: pem }))
    .sort((a, b) => a.publicKeyVersion - b.publicKeyVersion)
}
