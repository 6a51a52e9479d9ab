import { createDb, type Db } from '../../lib/db.js'
import { createDingtalkSubject, type DingtalkSubject } from './dingtalk.js'
import { createPlatform, type Platform } from './platform.js'

export type Env = Record<string, string | undefined>

export type Subject = {
  /** A setting, trimmed; undefined when it is not there or empty. */
  get(name: string): string | undefined
  env: Env
  now: Date
  /** This machine's clock, going on from `now`. */
  clock(): Date
  /** No network call takes longer. */
  timeoutMs: number
  /** Where the platform answers. */
  platformUrl: URL | null
  /** False: the organisation has DingTalk alone. */
  hasWecom: boolean
  /** The app's secret; null without WECOM_CORP_ID and WECOM_SECRET. */
  app: Platform | null
  /** The archive's own secret; null without one. */
  archive: Platform | null
  /** Null without DingTalk. */
  dingtalk: DingtalkSubject | null
  /** Where our own server listens on this machine. */
  localUrl: string
  /** Null when PUBLIC_URL is none. */
  publicUrl: URL | null
  /** Read only; null without DATABASE_URL. */
  db: Db | null
  /** Names in the settings file that nobody knows. */
  strangers: string[]
  /** Called with a userid, a test message goes to this member: the only thing here that anybody notices. */
  sendTo: string | null
  close(): Promise<void>
}

type Options = { env: Env; now?: Date; timeoutMs?: number; strangers?: string[]; sendTo?: string | null }

/** Settings and what they lead to. Nothing is asked yet, so that one that is wrong doesn't keep the others from being tested. */
export function createSubject({ env, now = new Date(), timeoutMs = 10_000, strangers = [], sendTo = null }: Options): Subject {
  const beganAt = performance.now()
  const get = (name: string) => env[name]?.trim() || undefined
  const [corpId, secret, archiveSecret] = [get('WECOM_CORP_ID'), get('WECOM_SECRET'), get('WECOM_ARCHIVE_SECRET')]
  const base = (get('WECOM_API_BASE') ?? 'https://qyapi.weixin.qq.com').replace(/\/+$/, '')
  const platformOf = (own: string | undefined) =>
    corpId && own && URL.canParse(base) ? createPlatform({ base, corpId, secret: own, timeoutMs }) : null
  const publicUrl = get('PUBLIC_URL') ?? ''
  const databaseUrl = get('DATABASE_URL')
  const db = databaseUrl ? createDb(databaseUrl, 2) : null
  const host = get('HOST')
  const clock = () => new Date(now.getTime() + performance.now() - beganAt)
  const dingtalk = createDingtalkSubject({ env, publicUrl, timeoutMs, clock })
  return {
    get,
    env,
    now,
    clock,
    platformUrl: URL.canParse(base) ? new URL(base) : null,
    timeoutMs,
    app: platformOf(secret),
    archive: platformOf(archiveSecret),
    dingtalk,
    hasWecom: !dingtalk || Object.keys(env).some((name) => name.startsWith('WECOM_') && get(name)),
    localUrl: `http://${!host || host === '0.0.0.0' ? '127.0.0.1' : host}:${get('PORT') ?? '3301'}`,
    publicUrl: URL.canParse(publicUrl) ? new URL(publicUrl) : null,
    db,
    strangers,
    sendTo,
    close: async () => db?.$disconnect(),
  }
}
