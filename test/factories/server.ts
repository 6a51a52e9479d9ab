import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PassThrough } from 'node:stream'
import { createApp } from '../../bot-server/app.js'
import { createDingtalkHearing } from '../../bot-server/callbacks/hear-dingtalk.js'
import { createInboxStore } from '../../bot-server/callbacks/store-inbox.js'
import { loadDefinitions } from '../../bot-server/definitions.js'
import { createHandler } from '../../bot-server/handle.js'
import { createSessions, SESSION_COOKIE } from '../../bot-server/session.js'
import { startStreams } from '../../bot-server/streams/start-streams.js'
import { createPageSigner as createDingtalkSigner } from '../../channels/dingtalk/jsapi.js'
import { openPlatforms } from '../../channels/open-platforms.js'
import { createShareSigner } from '../../channels/wechat-mp/share-signer.js'
import { createPageSigner } from '../../channels/wecom/jsapi.js'
import { createBells } from '../../lib/bells.js'
import { createClock } from '../../lib/clock.js'
import { loadConfig } from '../../lib/config.js'
import { createDb } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { createLive } from '../../lib/live.js'
import { organisation } from './cast.js'
import { keepLog } from './log.js'

export const callbackSettings = { token: 'QDG6eK', aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C' }

type Options = {
  database: string
  redis: string
  /** Further settings, over those of a small organisation. */
  env?: Record<string, string>
  pages?: URL
  machineNow?: () => Date
  /** With DingTalk in Stream mode: its connections are held, as main.ts does. */
  stream?: boolean
}
type Call = { as?: string; body?: unknown; headers?: Record<string, string> }
export type Answer = { status: number; headers: Headers; text: string; json: ReturnType<typeof JSON.parse> }

/** The server as main.ts wires it, on a port of its own, with nothing replaced; and a browser's way to call it. */
export async function startServer({ database, redis, env = {}, pages, machineNow, stream = false }: Options) {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const config = loadConfig({
    NODE_ENV: 'test',
    PUBLIC_URL: base,
    DATABASE_URL: database,
    REDIS_URL: redis,
    SESSION_SECRET: randomBytes(32).toString('hex'),
    DATA_KEY: randomBytes(32).toString('hex'),
    WECOM_CORP_ID: organisation,
    WECOM_AGENT_ID: '1000002',
    WECOM_SECRET: 'app-secret-of-the-test',
    WECOM_TOKEN: callbackSettings.token,
    WECOM_AES_KEY: callbackSettings.aesKey,
    WECOM_API_BASE: 'http://127.0.0.1:9',
    ...env,
  })
  const { log, lines, of } = keepLog()
  const db = createDb(database, 6)
  const clock = createClock({ production: false, ...(machineNow ? { machineNow } : {}) })
  const bells = createBells(redis, log)
  const live = createLive(redis, log)
  const { wecom, dingtalk } = openPlatforms(
    { ...config, server: { ...config.server, publicUrl: base } },
    { machineNow: clock.machineNow, log },
  )
  const definitions = await loadDefinitions()
  const sessions = createSessions(db, config.sessionSecret, clock.machineNow)
  const streams = new Set<PassThrough>()
  const deps = { db, clock, bells, live, log }
  const storeInbox = createInboxStore(db)
  const handler = createHandler({
    ...deps,
    row: {
      definitions,
      organisations: { wecom: config.wecom?.corpId ?? null, dingtalk: config.dingtalk?.corpId ?? null },
      publicUrl: base,
      dataKey: config.dataKey,
      pullArchive: () => bells.ring('archive'),
    },
  })
  const hearing =
    config.dingtalk &&
    createDingtalkHearing({
      ...{ db, clock, bells, log, store: storeInbox, takeNow: handler.takeNow },
      ...{ corpId: config.dingtalk.corpId, publicUrl: base },
    })
  const onQuotaEnd = (words: string) => log.error({ words }, 'the month of DingTalk pushes is used up')
  const streamDeps = { config, hearing, machineNow: clock.machineNow, random: Math.random, onQuotaEnd, log }
  const dingtalkStreams = stream ? startStreams(streamDeps) : null
  const app = createApp({
    ...deps,
    dingtalkStreams,
    config,
    wecom,
    storeInbox,
    hearing,
    sessions,
    streams,
    actions: definitions.actions,
    organisationName: config.organisationName,
    signPage: createPageSigner(wecom),
    signShare:
      config.quote.mp.settings && createShareSigner({ settings: config.quote.mp.settings, machineNow: clock.machineNow }),
    dingtalk,
    signDingtalkPage: dingtalk && createDingtalkSigner(dingtalk),
    hears: async () => 'archive',
    pages: pages ?? new URL('file:///nowhere/'),
    migrations: new URL('../../prisma/migrations/', import.meta.url),
  })
  server.on('request', app.callback())

  const cookies = new Map<string, string>()
  async function cookieOf(personId: string): Promise<string> {
    const known = cookies.get(personId) ?? `${SESSION_COOKIE}=${await sessions.open(personId, 'wecom')}`
    cookies.set(personId, known)
    return known
  }

  /** As a page of ours would: with its own origin, and as whom. */
  async function call(method: string, path: string, { as, body, headers = {} }: Call = {}): Promise<Answer> {
    const response = await fetch(base + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(method === 'GET' ? {} : { origin: base }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(as ? { cookie: await cookieOf(as) } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : null }
  }

  return {
    ...deps,
    base,
    config,
    sessions,
    streams,
    handler,
    hearing,
    dingtalkStreams,
    lines,
    of,
    cookieOf,
    call,
    get: (path: string, as?: string) => call('GET', path, as ? { as } : {}),
    /** A write: with a request id of its own unless the body has one. */
    post: (path: string, as: string, body: object = {}) => call('POST', path, { as, body: { requestId: newId(), ...body } }),
    async close() {
      await dingtalkStreams?.close()
      for (const stream of streams) stream.end()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await handler.close()
      await bells.close()
      live.close()
      await db.$disconnect()
    },
  }
}
export type Server = Awaited<ReturnType<typeof startServer>>
