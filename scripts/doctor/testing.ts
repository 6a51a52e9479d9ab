import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { DINGTALK_ENV } from '../../simulator/testing/dingtalk-api.js'
import {
  AES_KEY,
  AGENT_ID,
  ARCHIVE_AES_KEY,
  ARCHIVE_KEY,
  ARCHIVE_SECRET,
  ARCHIVE_TOKEN,
  CORP_ID,
  MAIL,
  SECRET,
  SMS,
  startForTest,
  TOKEN,
} from '../../simulator/testing/start.js'
import { createCast } from '../../test/factories/cast.js'
import { startServer } from '../../test/factories/server.js'
import { freshDb } from '../../test/setup/db.js'
import { freshRedis } from '../../test/setup/redis.js'
import { freePort } from '../host/ports.mjs'
import { allChecks } from './all-checks.js'
import { createCensor } from './censor.js'
import { lineText } from './print.js'
import { runChecks } from './run-checks.js'
import { createSubject, type Env } from './subject.js'

export const VERIFY_FILES = JSON.stringify({ 'WW_verify_AbC123.txt': 'AbC123' })

/**
 * An organisation where everything is right: database, Redis, our server, the stand-in with the demo's people; with DingTalk
 * as well where a mode for it is given.
 */
export async function startHealthy(dingtalk?: 'stream' | 'http') {
  const [database, redis] = await Promise.all([freshDb(), freshRedis()])
  const pem = ARCHIVE_KEY.export({ type: 'pkcs8', format: 'pem' }).toString()
  const shared = {
    WECOM_CORP_ID: CORP_ID,
    WECOM_AGENT_ID: String(AGENT_ID),
    WECOM_SECRET: SECRET,
    WECOM_TOKEN: TOKEN,
    WECOM_AES_KEY: AES_KEY,
    WECOM_ARCHIVE_TOKEN: ARCHIVE_TOKEN,
    WECOM_ARCHIVE_AES_KEY: ARCHIVE_AES_KEY,
    VERIFY_FILES,
  }
  // The server asks the stand-in for a Stream connection, and the stand-in is told where the server is: a port that both know.
  const port = await freePort()
  const ding = dingtalk ? dingtalkEnv(dingtalk, `http://127.0.0.1:${port}`) : {}
  const server = await startServer({
    database: database.url,
    redis: redis.url,
    env: { ...shared, ...ding },
    stream: dingtalk === 'stream',
  })
  const standin = await startForTest({ mail: true, realTime: true, port, env: { PUBLIC_URL: server.base, ...ding } })
  await createCast(database.db, new Date())
  await database.db.workerBeat.create({ data: { worker: 'test', at: new Date() } })
  // The stand-in for the Finance SDK runs in a child and asks its environment where the platform is.
  process.env.STANDIN_URL = standin.base

  const env: Env = {
    ...shared,
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: new URL(server.base).port,
    PUBLIC_URL: server.base,
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    SESSION_SECRET: 'session-secret-of-thirty-two-characters',
    DATA_KEY: 'another-secret-of-thirty-two-characters',
    WECOM_API_BASE: standin.base,
    WECOM_ADMINS: 'lina',
    WECOM_ARCHIVE_SECRET: ARCHIVE_SECRET,
    WECOM_ARCHIVE_KEYS: JSON.stringify({ 3: pem }),
    WECOM_FINANCE_SDK: new URL('../../simulator/finance-sdk.mjs', import.meta.url).pathname,
    WECOM_GROUP_WEBHOOKS: JSON.stringify({ 销售一组: 'b0100000-0000-4000-8000-000000000001' }),
    SMS_PROVIDER: 'aliyun',
    SMS_ACCESS_KEY_ID: SMS.keyId,
    SMS_ACCESS_KEY_SECRET: SMS.secret,
    SMS_SIGN_NAME: SMS.sign,
    SMS_TEMPLATE_ID: SMS.template,
    SMS_CODE_TEMPLATE_ID: SMS.code,
    MAIL_URL: `smtp://${MAIL.user}:${MAIL.password}@127.0.0.1:${standin.smtpPort}`,
    MAIL_FROM: '不漏 <bulou@yonggu.example>',
    ...ding,
  }
  const folder = mkdtempSync(join(tmpdir(), 'doctor-'))
  return {
    env,
    db: database.db,
    server,
    standin,
    folder,
    async close() {
      delete process.env.STANDIN_URL
      rmSync(folder, { recursive: true, force: true })
      await standin.close()
      await server.close()
      await Promise.all([database.close(), redis.stop()])
    },
  }
}
const dingtalkEnv = (mode: 'stream' | 'http', base: string): Record<string, string> => ({
  ...DINGTALK_ENV,
  DINGTALK_MODE: mode,
  DINGTALK_API_BASE: base,
  DINGTALK_OAPI_BASE: base,
  DINGTALK_CARD_SECRET: 'card-secret-of-thirty-two-characters',
  DINGTALK_ADMINS: 'linxiao',
})
export type Healthy = Awaited<ReturnType<typeof startHealthy>>

export type Over = { env?: Env; now?: Date; sendTo?: string; strangers?: string[]; timeoutMs?: number }

/** What the doctor prints under these settings, of one check or of all. */
export async function consult(healthy: Healthy, name: string | null, { env = {}, timeoutMs = 5_000, ...over }: Over = {}) {
  const whole = { ...healthy.env, ...env }
  const subject = createSubject({ env: whole, timeoutMs, ...over })
  try {
    const lines = await runChecks(name ? allChecks.filter((check) => check.name === name) : allChecks, subject, () => {})
    const censor = createCensor(whole)
    return {
      lines,
      text: lines.map((line) => lineText(line, false)).join('\n'),
      shown: censor(lines.map((line) => lineText(line, false)).join('\n')),
    }
  } finally {
    await subject.close()
  }
}

/** One for a test file. Orders for trouble end with the test. */
export function setUp(dingtalk?: 'stream' | 'http'): () => Healthy {
  let healthy: Healthy | undefined
  const get = () => {
    if (!healthy) throw new Error('before the tests')
    return healthy
  }
  beforeAll(async () => {
    healthy = await startHealthy(dingtalk)
  })
  afterEach(() => get().standin.ask('/__standin/faults', { method: 'DELETE' }))
  afterAll(() => get().close())
  return get
}

/** A case of a table: what is broken how, and what the one check that looks there says. */
export const breaksWith =
  (healthy: () => Healthy) =>
  (check: string, what: string, over: () => Over | Promise<Over>, says: RegExp, state: 'broken' | 'look' = 'broken') =>
    it(what, async () => {
      const { lines, text } = await consult(healthy(), check, await over())
      expect(text).toMatch(says)
      expect(lines.map((line) => line.state)).toContain(state)
    })

export const env = (values: Record<string, string>) => () => ({ env: values })

export const faultOf = (healthy: () => Healthy) => (path: string, errcode: number, errmsg?: string) => async () => {
  await healthy().standin.control('faults', { path, mode: 'errcode', errcode, ...(errmsg ? { errmsg } : {}) })
  return {}
}

export const orderOf = (healthy: () => Healthy) => (name: string, body: object) => async () => {
  await healthy().standin.control(name, body)
  return {}
}

/** Nobody listens there. (Ports that browsers refuse to speak to are refused by fetch as well, for another reason.) */
export const nowhere = 'http://127.0.0.1:47'
