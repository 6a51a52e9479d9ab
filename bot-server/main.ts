import { createServer } from 'node:http'
import type { PassThrough } from 'node:stream'
import { createPageSigner as createDingtalkSigner } from '../channels/dingtalk/jsapi.js'
import { openPlatforms } from '../channels/open-platforms.js'
import { createShareSigner } from '../channels/wechat-mp/share-signer.js'
import { createPageSigner } from '../channels/wecom/jsapi.js'
import { createMeter } from '../domain/budget/create-meter.js'
import { noteQuotaEnd } from '../domain/budget/note-quota-end.js'
import { runWork } from '../domain/work.js'
import { createBells } from '../lib/bells.js'
import { createClock } from '../lib/clock.js'
import { loadConfig } from '../lib/config.js'
import { createDb } from '../lib/db.js'
import { newTrace } from '../lib/ids.js'
import { createLive } from '../lib/live.js'
import { createLog, describe } from '../lib/log.js'
import { projectRoot } from '../lib/project-root.js'
import { createShelf } from '../lib/shelf.js'
import { createShutdown } from '../lib/shutdown.js'
import { createApp } from './app.js'
import { createDingtalkHearing } from './callbacks/hear-dingtalk.js'
import { sayCardRoute } from './callbacks/say-card-route.js'
import { createInboxStore } from './callbacks/store-inbox.js'
import { loadDefinitions } from './definitions.js'
import { createHandler } from './handle.js'
import { ringArchive } from './ring-archive.js'
import { createSessions } from './session.js'
import { startStreams } from './streams/start-streams.js'

/** The server process, the only file here with side effects. Hears, and handles what it heard; several may run. */
const SWEEP_MS = 1_000

const config = start(() => loadConfig(process.env))
const log = createLog(config.logLevel, 'server')
const shutdown = createShutdown(log)
const db = createDb(config.databaseUrl)
const bells = createBells(config.redisUrl, log)
const live = createLive(config.redisUrl, log)
const clock = createClock(config)
const shelf = createShelf(config.redisUrl, { dataKey: config.dataKey, log })
const { machineNow } = clock
const meter = createMeter({ db, platform: 'dingtalk', machineNow, log })
const { wecom, dingtalk } = openPlatforms(config, {
  machineNow,
  log,
  shelf,
  onDingtalkCall: ({ api, paid, what }) => paid && meter.count(what, api),
})
const definitions = await loadDefinitions()
const sessions = createSessions(db, config.sessionSecret, clock.machineNow)
const streams = new Set<PassThrough>()
const pullArchive = () => ringArchive({ bells, config })

const storeInbox = createInboxStore(db)
const handler = createHandler({
  isRushed: storeInbox.isRushed,
  db,
  clock,
  bells,
  live,
  log,
  row: {
    definitions,
    organisations: { wecom: config.wecom?.corpId ?? null, dingtalk: config.dingtalk?.corpId ?? null },
    publicUrl: config.server.publicUrl,
    dataKey: config.dataKey,
    pullArchive,
  },
})
function onQuotaEnd(words: string): void {
  log.error({ words }, 'the month of DingTalk pushes is used up')
  runWork({ db, clock, bells, live }, newTrace(), (work) =>
    noteQuotaEnd(work, { platform: 'dingtalk', what: 'push', words }),
  ).catch((error) => log.warn(describe(error), 'administrators could not be told'))
}
const hearing =
  config.dingtalk &&
  createDingtalkHearing({
    ...{ db, clock, bells, log, store: storeInbox, takeNow: handler.takeNow },
    ...{ corpId: config.dingtalk.corpId, publicUrl: config.server.publicUrl },
    ...{ onPush: (source) => meter.count('push', source), onQuotaEnd },
  })
const dingtalkStreams = startStreams({
  ...{ config, hearing, machineNow: clock.machineNow, random: Math.random, log, onQuotaEnd },
})
const app = createApp({
  hearing,
  dingtalkStreams,
  db,
  clock,
  bells,
  live,
  log,
  config,
  wecom,
  storeInbox,
  sessions,
  streams,
  actions: definitions.actions,
  organisationName: config.organisationName,
  signPage: createPageSigner(wecom),
  signShare: config.quote.mp.settings && createShareSigner({ settings: config.quote.mp.settings, machineNow, shelf }),
  dingtalk,
  signDingtalkPage: dingtalk && createDingtalkSigner(dingtalk),
  async hears() {
    if (!config.wecom?.archive) return 'paste-only'
    const cursor = await db.archiveCursor.findUnique({ where: { source: 'wecom' } })
    return cursor?.reason ? 'paste-only' : 'archive'
  },
  pages: new URL('dist/sidebar-h5/', projectRoot),
  migrations: new URL('prisma/migrations/', projectRoot),
})

bells.answer('inbox', 2, async (lanes) => handler.drain(lanes))
const sweep = setInterval(() => handler.sweep().catch((error) => log.warn(describe(error), 'sweep failed')), SWEEP_MS)

let stopping = false
const answer = app.callback()
const server = createServer((req, res) => {
  // A client that keeps its connection would keep us too.
  if (stopping) res.setHeader('connection', 'close')
  void answer(req, res)
})
server.keepAliveTimeout = 65_000
server.listen(config.server.port, config.server.host, () =>
  log.info({ port: config.server.port, host: config.server.host }, 'server ready'),
)
server.on('error', (error) => {
  log.error(describe(error), 'cannot listen')
  process.exit(1)
})

if (dingtalk && config.dingtalk?.mode === 'http' && config.dingtalk.cardSecret)
  shutdown.add('card route', sayCardRoute({ dingtalk, secret: config.dingtalk.cardSecret, log }))
shutdown.add('leave Stream', () => dingtalkStreams?.close())
shutdown.add('stop hearing', () => {
  clearInterval(sweep)
  stopping = true
  // Again and again: what was under way becomes idle only after its answer, and a stream may just be opening.
  const closing = setInterval(() => {
    for (const stream of streams) stream.end()
    server.closeIdleConnections()
  }, 50)
  return new Promise((resolve) => server.close(resolve)).finally(() => clearInterval(closing))
})
shutdown.add('finish what was begun', () => handler.close())
shutdown.add('bells', () => bells.close())
shutdown.add('live', () => live.close())
shutdown.add('what was used', () => meter.close())
shutdown.add('shelf', () => shelf.close())
shutdown.add('database', () => db.$disconnect())

function start<T>(load: () => T): T {
  try {
    return load()
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
