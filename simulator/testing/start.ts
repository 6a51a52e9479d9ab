import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createLog } from '../../lib/log.js'
import { readSettings } from '../settings.js'
import { startStandin } from '../standin.js'

/** One pair for all tests: making an RSA key takes longer than most of them. */
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const ARCHIVE_KEY = privateKey

export const CORP_ID = 'wwb0100000000b0100'
export const AGENT_ID = 1_000_002
export const SECRET = 'app-secret'
export const ARCHIVE_SECRET = 'archive-secret'
export const TOKEN = 'QDG6eK'
export const AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C'
export const ARCHIVE_TOKEN = 'archiveToken'
export const ARCHIVE_AES_KEY = 'cD0d7jx4tYvVtzqrmh3Dm3QFCXe6f8SlHoMtMh3qQEP'

export const SMS = {
  keyId: 'LTAItest',
  secret: 'sms-secret',
  sign: '不漏提醒',
  template: 'SMS_1',
  code: 'SMS_9',
  appId: '1400000001',
}
export const MAIL = { user: 'bulou', password: 'mail-secret' }

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string }
export type Ask = { host?: string; method?: string; headers?: Record<string, string>; body?: unknown }

type Options = { product?: string; realTime?: boolean; mail?: boolean; port?: number; env?: Record<string, string> }

/** A stand-in with the demo organisation, a journal and (unless `realTime`) a machine clock of its own, on a free port. */
export async function startForTest(options: Options = {}, tries = 3): Promise<TestStandin> {
  try {
    return await startOnce(options)
  } catch (error) {
    // Between finding a port free and taking it somebody else may have taken it.
    if (tries > 1 && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') return startForTest(options, tries - 1)
    throw error
  }
}

async function startOnce(options: Options) {
  const [port, smtpPort] = [options.port ?? (await freePort()), options.mail ? await freePort() : 0]
  const journal = join(await mkdtemp(join(tmpdir(), 'standin-')), 'journal.jsonl')
  const time = { now: Date.now() }
  const settings = readSettings({
    STANDIN_PORT: String(port),
    STANDIN_WORLD: fileURLToPath(new URL('../../prisma/seed/demo.json', import.meta.url)),
    STANDIN_JOURNAL: journal,
    STANDIN_PRODUCT: options.product ?? 'http://127.0.0.1:1',
    PUBLIC_URL: `http://bulou.localhost:${port}`,
    WECOM_OAUTH_BASE: `http://open.bulou.localhost:${port}`,
    WECOM_CORP_ID: CORP_ID,
    WECOM_AGENT_ID: String(AGENT_ID),
    WECOM_SECRET: SECRET,
    WECOM_TOKEN: TOKEN,
    WECOM_AES_KEY: AES_KEY,
    WECOM_ARCHIVE_SECRET: ARCHIVE_SECRET,
    WECOM_ARCHIVE_TOKEN: ARCHIVE_TOKEN,
    WECOM_ARCHIVE_AES_KEY: ARCHIVE_AES_KEY,
    WECOM_ARCHIVE_KEYS: JSON.stringify({ 3: privateKey.export({ type: 'pkcs8', format: 'pem' }) }),
    SMS_ACCESS_KEY_ID: SMS.keyId,
    SMS_ACCESS_KEY_SECRET: SMS.secret,
    SMS_SIGN_NAME: SMS.sign,
    SMS_TEMPLATE_ID: SMS.template,
    SMS_CODE_TEMPLATE_ID: SMS.code,
    SMS_SDK_APP_ID: SMS.appId,
    STANDIN_SMS_RECEIPT_MS: '0',
    STANDIN_SMTP_PORT: String(smtpPort),
    MAIL_URL: `smtp://${MAIL.user}:${MAIL.password}@127.0.0.1:${smtpPort}`,
    ...options.env,
  })
  const log = createLog('silent', 'stand-in')
  const machine = options.realTime ? undefined : () => time.now
  let standin = await startStandin(settings, log, machine)
  const base = `http://127.0.0.1:${port}`

  const ask = (path: string, { host = `127.0.0.1:${port}`, method, headers = {}, body }: Ask = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const bytes = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
      const out = request({
        port,
        host: '127.0.0.1',
        path,
        method: method ?? (bytes === undefined ? 'GET' : 'POST'),
        headers: { ...headers, host },
      })
      out.on('error', reject)
      out.on('response', async (res) => resolve({ status: res.statusCode ?? 0, headers: res.headers, text: await text(res) }))
      out.end(bytes)
    })
  const json = async (path: string, options?: Ask) => JSON.parse((await ask(path, options)).text)

  return {
    port,
    smtpPort,
    base,
    journal,
    settings,
    time,
    ask,
    json,
    /** The host of a member's client, or of the desk. */
    hostOf: (name: string) => `${name}.bulou.localhost:${port}`,
    control: (name: string, body?: unknown) => json(`/__standin/${name}`, body === undefined ? {} : { body }),
    state: () => json('/__standin/state'),
    async token(): Promise<string> {
      return (await json(`/cgi-bin/gettoken?corpid=${CORP_ID}&corpsecret=${SECRET}`)).access_token
    },
    async api(name: string, body: unknown) {
      return json(`/cgi-bin/${name}?access_token=${await this.token()}`, { body })
    },
    /** Ends this one and starts another on the same journal. */
    async restart() {
      await standin.close()
      standin = await startStandin(settings, log, machine)
    },
    close: () => standin.close(),
  }
}
export type TestStandin = Awaited<ReturnType<typeof startOnce>>

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Tries again until it holds, or fails with what it last said. */
export async function eventually<T>(check: () => Promise<T> | T, tries = 400): Promise<T> {
  for (let left = tries; ; left -= 1) {
    try {
      return await check()
    } catch (error) {
      if (left <= 0) throw error
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}
