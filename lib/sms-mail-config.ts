/**
 * Settings of the two channels that an administrator may leave out. Half of them never stops a start: the channel is off
 * and says what is missing, on the settings page, in Chinese.
 */
export type Optional<T> = { settings: T; why: null } | { settings: null; why: string }

export type SmsSettings = {
  provider: 'aliyun' | 'tencent'
  accessKeyId: string
  accessKeySecret: string
  /** 签名, without 【】. */
  signName: string
  templateId: string
  /** 验证码模板; null: numbers that people type can't be proved. */
  codeTemplateId: string | null
  /** Tencent's SmsSdkAppId; empty for Alibaba Cloud. */
  sdkAppId: string
  /** null: the provider's usual one. */
  region: string | null
  /** Origin of the stand-in or of a proxy; null: the provider's own. */
  apiBase: string | null
}

export type MailSettings = {
  host: string
  port: number
  /** smtps: TLS from the first byte; else STARTTLS where the server offers it. */
  implicitTls: boolean
  /** A password never leaves this machine in the clear. */
  requireTls: boolean
  user: string
  password: string
  from: { name: string; address: string }
}

type Env = Record<string, string | undefined>

const smsNames = {
  SMS_PROVIDER: '服务商',
  SMS_ACCESS_KEY_ID: '密钥 ID',
  SMS_ACCESS_KEY_SECRET: '密钥',
  SMS_SIGN_NAME: '签名',
  SMS_TEMPLATE_ID: '模板',
  SMS_SDK_APP_ID: '腾讯云短信应用 ID',
}

export function readSms(env: Env): Optional<SmsSettings> {
  const value = (name: string) => env[name]?.trim() ?? ''
  const provider = value('SMS_PROVIDER')
  const needed = Object.entries(smsNames).filter(([name]) => name !== 'SMS_SDK_APP_ID' || provider === 'tencent')
  const missing = needed.filter(([name]) => value(name) === '')
  if (missing.length === needed.length) return off('没有配置短信')
  if (missing.length > 0) return off(`短信还缺：${missing.map(([name, label]) => `${label} ${name}`).join('、')}`)
  if (provider !== 'aliyun' && provider !== 'tencent') return off('SMS_PROVIDER 只能是 aliyun 或 tencent')
  const apiBase = value('SMS_API_BASE')
  if (apiBase && !isOrigin(apiBase)) return off('SMS_API_BASE 必须是不带路径的 http 或 https 地址')
  return on({
    provider,
    accessKeyId: value('SMS_ACCESS_KEY_ID'),
    accessKeySecret: value('SMS_ACCESS_KEY_SECRET'),
    signName: value('SMS_SIGN_NAME').replace(/^【|】$/g, ''),
    templateId: value('SMS_TEMPLATE_ID'),
    codeTemplateId: value('SMS_CODE_TEMPLATE_ID') || null,
    sdkAppId: provider === 'tencent' ? value('SMS_SDK_APP_ID') : '',
    region: value('SMS_REGION') || null,
    apiBase: apiBase ? new URL(apiBase).origin : null,
  })
}

export function readMail(env: Env): Optional<MailSettings> {
  const address = env.MAIL_URL?.trim() ?? ''
  const from = env.MAIL_FROM?.trim() ?? ''
  if (!address && !from) return off('没有配置邮件')
  if (!address) return off('邮件还缺：服务器地址 MAIL_URL')
  if (!from) return off('邮件还缺：发件人 MAIL_FROM')
  const server = URL.canParse(address) ? new URL(address) : null
  const implicitTls = server?.protocol === 'smtps:'
  if (!server?.hostname || !(implicitTls || server.protocol === 'smtp:'))
    return off('MAIL_URL 必须是 smtp:// 或 smtps:// 开头的地址')
  const sender = /^(?:"?([^"<>]*?)"?\s*<)?([^\s<>@,]+@[^\s<>@,]+?)>?$/.exec(from)
  if (!sender?.[2]) return off('MAIL_FROM 必须是一个邮箱，或「名称 <邮箱>」')
  const user = decoded(server.username)
  const password = decoded(server.password)
  if (user === null || password === null) return off('MAIL_URL 里的账号或密码有没有转义的 % 号')
  const host = server.hostname.replace(/^\[|\]$/g, '')
  return on({
    host,
    port: Number(server.port) || (implicitTls ? 465 : 587),
    implicitTls,
    requireTls: implicitTls || (password !== '' && !/^(127\.|::1$|localhost$)/.test(host)),
    user,
    password,
    from: { name: sender[1] ?? '', address: sender[2] },
  })
}

const on = <T>(settings: T): Optional<T> => ({ settings, why: null })
const off = (why: string) => ({ settings: null, why })

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, pathname, search } = new URL(text)
  return /^https?:$/.test(protocol) && pathname === '/' && search === ''
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}
