import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { createInboxStore } from '../../bot-server/callbacks/store-inbox.js'
import { type Ctx, defineEvent } from '../../bot-server/define.js'
import { type Definitions, loadDefinitions } from '../../bot-server/definitions.js'
import { createHandler } from '../../bot-server/handle.js'
import { type Bells, createBells } from '../../lib/bells.js'
import { createClock } from '../../lib/clock.js'
import { createDb, type Db } from '../../lib/db.js'
import { createLive } from '../../lib/live.js'
import { waitFor } from '../rig/wait-for.js'
import { freshDb } from '../setup/db.js'
import { type FreshRedis, freshRedis } from '../setup/redis.js'
import { type Cast, createCast, organisation } from './cast.js'
import { keepLog } from './log.js'

type Handler = ReturnType<typeof createHandler>
type OnNote = (ctx: Ctx, words: string, lane: string) => Promise<void>

/** What was handled, in the order in which it was, in the handler's own transaction. */
export const keepNote: OnNote = async ({ work }, words, lane) =>
  void (await work.tx.$executeRaw`INSERT INTO handled (lane, words) VALUES (${lane}, ${words})`)

export const noteXml = (lane: string, words: string) =>
  `<xml><CreateTime>1763690400</CreateTime><MsgType>event</MsgType><Event>note</Event><UserID>${lane}</UserID><Words>${words}</Words></xml>`

/** The inbox of a file of tests, handlers over it, and one event, «note». Empty again for each test. */
export function useHandling() {
  let database: Awaited<ReturnType<typeof freshDb>>
  let redis: FreshRedis
  let cast: Cast
  let bells: Bells
  let live: ReturnType<typeof createLive>
  let loaded: Definitions
  let handlers: Handler[] = []
  let told = 0
  const pools: Db[] = []
  const kept = keepLog()

  beforeAll(async () => {
    ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
    cast = await createCast(database.db)
    loaded = await loadDefinitions()
    bells = createBells(redis.url, kept.log)
    live = createLive(redis.url, kept.log)
    await database.db.$executeRaw`CREATE TABLE handled (n bigserial, lane text, words text)`
  })
  afterAll(async () => {
    await bells.close()
    live.close()
    await Promise.all(pools.map((pool) => pool.$disconnect()))
    await Promise.all([database.close(), redis.stop()])
  })
  beforeEach(async () => {
    await database.db.$executeRaw`TRUNCATE inbox, inbox_key, handled, outbox`
    bench.onNote = keepNote
    bench.now = new Date()
    kept.lines.length = 0
  })
  afterEach(async () => {
    await Promise.all(handlers.map((handler) => handler.close()))
    handlers = []
  })

  const open = () => database.db.inbox.count({ where: { state: 'open' } })

  const bench = {
    now: new Date(),
    /** What «note» does with its words; a test says otherwise. */
    onNote: keepNote,
    kept,
    get db() {
      return database.db
    },
    get cast() {
      return cast
    },
    /** A handler of its own process: with its own connections to the one database. */
    newHandler(): Handler {
      const pool = createDb(database.url, 6)
      pools.push(pool)
      const note = defineEvent({ name: 'note', run: (ctx, data) => bench.onNote(ctx, String(data.Words), String(data.UserID)) })
      const definitions = { ...loaded, events: new Map([['note', note]]) }
      const handler = createHandler({
        db: pool,
        clock: createClock({ production: false, machineNow: () => bench.now }),
        bells,
        live,
        log: kept.log,
        row: {
          definitions,
          organisations: { wecom: organisation, dingtalk: 'dingb0100000000b0100' },
          publicUrl: 'http://bulou.test',
          dataKey: 'k'.repeat(32),
          pullArchive: () => {},
        },
      })
      handlers.push(handler)
      return handler
    },
    async hear(lane: string, ...words: string[]): Promise<void> {
      const store = createInboxStore(database.db)
      for (const word of words)
        await store({ key: `k${told++}`, source: 'wecom', lane, body: noteXml(lane, word), trace: `t-${word}` })
    },
    async handledOn(lane: string): Promise<string[]> {
      const rows = await database.db.$queryRaw<{ words: string }[]>`SELECT words FROM handled WHERE lane = ${lane} ORDER BY n`
      return rows.map((row) => row.words)
    },
    rows: () => database.db.inbox.findMany({ orderBy: { seq: 'asc' } }),
    open,
    settled: () => waitFor(async () => (await open()) === 0, { what: 'the inbox to be empty' }),
  }
  return bench
}
