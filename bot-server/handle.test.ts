import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { replayParked } from '../domain/admin.js'
import { type Bells, createBells } from '../lib/bells.js'
import { createClock } from '../lib/clock.js'
import { createDb, type Db } from '../lib/db.js'
import { GiveUp, Refused, TryLater } from '../lib/errors.js'
import { createLive } from '../lib/live.js'
import { type Cast, createCast, organisation } from '../test/factories/cast.js'
import { keepLog } from '../test/factories/log.js'
import { inWork } from '../test/factories/work.js'
import { waitFor } from '../test/rig/wait-for.js'
import { freshDb } from '../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'
import { createInboxStore } from './callbacks/store-inbox.js'
import { type Ctx, defineEvent } from './define.js'
import { type Definitions, loadDefinitions } from './definitions.js'
import { createHandler } from './handle.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let db: Db
let cast: Cast
let bells: Bells
let live: ReturnType<typeof createLive>
let loaded: Definitions
const pools: Db[] = []
const kept = keepLog()

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  db = database.db
  cast = await createCast(db)
  loaded = await loadDefinitions()
  bells = createBells(redis.url, kept.log)
  live = createLive(redis.url, kept.log)
  // What was handled, in the order in which it was, in the handler's own transaction.
  await db.$executeRaw`CREATE TABLE handled (n bigserial, lane text, words text)`
})
afterAll(async () => {
  await bells.close()
  live.close()
  await Promise.all(pools.map((pool) => pool.$disconnect()))
  await Promise.all([database.close(), redis.stop()])
})

type Handler = ReturnType<typeof createHandler>
let handlers: Handler[] = []
let now = new Date()
/** What the event «note» does with its words; a test says otherwise. */
let onNote: (ctx: Ctx, words: string, lane: string) => Promise<void>

const keep = async ({ work }: Ctx, words: string, lane: string) =>
  void (await work.tx.$executeRaw`INSERT INTO handled (lane, words) VALUES (${lane}, ${words})`)

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE inbox, inbox_key, handled, outbox`
  onNote = keep
  now = new Date()
  kept.lines.length = 0
})
afterEach(async () => {
  await Promise.all(handlers.map((handler) => handler.close()))
  handlers = []
})

/** A handler of its own process: with its own connections to the one database. */
function newHandler(): Handler {
  const pool = createDb(database.url, 6)
  pools.push(pool)
  const note = defineEvent({ name: 'note', run: (ctx, data) => onNote(ctx, String(data.Words), String(data.UserID)) })
  const definitions = { ...loaded, events: new Map([['note', note]]) }
  const clock = createClock({ production: false, machineNow: () => now })
  const handler = createHandler({
    db: pool,
    clock,
    bells,
    live,
    log: kept.log,
    row: { definitions, organisation, publicUrl: 'http://bulou.test', dataKey: 'k'.repeat(32), pullArchive: () => {} },
  })
  handlers.push(handler)
  return handler
}

let told = 0
const noteXml = (lane: string, words: string) =>
  `<xml><CreateTime>1763690400</CreateTime><MsgType>event</MsgType><Event>note</Event><UserID>${lane}</UserID><Words>${words}</Words></xml>`
async function hear(lane: string, ...words: string[]): Promise<void> {
  const store = createInboxStore(db)
  for (const word of words)
    await store({ key: `k${told++}`, source: 'wecom', lane, body: noteXml(lane, word), trace: `t-${word}` })
}
const handledOn = async (lane: string) =>
  (await db.$queryRaw<{ words: string }[]>`SELECT words FROM handled WHERE lane = ${lane} ORDER BY n`).map((row) => row.words)
const rows = () => db.inbox.findMany({ orderBy: { seq: 'asc' } })
const open = () => db.inbox.count({ where: { state: 'open' } })
const settled = () => waitFor(async () => (await open()) === 0, { what: 'the inbox to be empty' })
const numbers = (n: number) => Array.from({ length: n }, (_, i) => String(i + 1))

describe('order', () => {
  it('sixty messages of one lane, several processes at it: each once, none overtakes another', async () => {
    const several = [newHandler(), newHandler(), newHandler()]
    for (const word of numbers(60)) {
      await hear('a', word)
      several[Number(word) % 3]?.drain(['a'])
    }
    for (const handler of several) await handler.sweep()
    await settled()
    expect(await handledOn('a')).toEqual(numbers(60))
  })

  it('a lane that takes long holds up no other', async () => {
    let letGo = () => {}
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    onNote = async (ctx, words, lane) => {
      if (lane === 'slow') await held
      await keep(ctx, words, lane)
    }
    await hear('slow', '1', '2')
    await hear('quick', '1', '2', '3')
    const handler = newHandler()
    // Rung for again and again, the slow lane still takes one place of its process.
    for (let i = 0; i < 10; i++) handler.drain(['slow'])
    handler.drain(['quick'])
    await waitFor(async () => (await handledOn('quick')).length === 3)
    expect(await handledOn('slow')).toEqual([])
    letGo()
    await settled()
    expect(await handledOn('slow')).toEqual(['1', '2'])
  })

  it('a row that arrives while the holder finds its lane empty is not lost', async () => {
    const handler = newHandler()
    const other = newHandler()
    for (const word of numbers(40)) {
      await hear('race', word)
      // Both at once, no sweep: one of them finds the lane taken, or empty, at the worst moment.
      handler.drain(['race'])
      other.drain(['race'])
    }
    await settled()
    expect(await handledOn('race')).toEqual(numbers(40))
  })

  it('a sweep finds what no bell told of, past any number of lanes that wait', async () => {
    await db.$executeRaw`
      INSERT INTO inbox (key, source, lane, body, trace, not_before)
      SELECT 'w' || n, 'wecom', 'waits-' || n, '', '', ${new Date(now.getTime() + 60_000)} FROM generate_series(1, 300) n`
    await db.$executeRaw`
      INSERT INTO inbox (key, source, lane, body, trace) SELECT 'v' || n, 'wecom', 'waits-' || n, '', '' FROM generate_series(1, 300) n`
    await hear('forgotten', '1')
    await newHandler().sweep()
    await waitFor(async () => (await handledOn('forgotten')).length === 1)
    // Behind a row that waits for its time the lane waits: order.
    expect(await open()).toBe(600)
  })
})

describe('what goes wrong', () => {
  const failing = (error: () => Error) => {
    onNote = async (ctx, words, lane) => {
      await keep(ctx, words, lane)
      if (words === 'bad') throw error()
    }
  }
  const once = async (lane: string) => {
    const handler = newHandler()
    handler.drain([lane])
    await handler.close()
  }
  /** Lets the time of the next try come. */
  const later = (ms: number) => {
    now = new Date(now.getTime() + ms)
  }

  it('GiveUp parks the row with its reason, at once, and the lane goes on', async () => {
    failing(() => new GiveUp('这条记录读不出来'))
    await hear('a', '1', 'bad', '3')
    newHandler().drain(['a'])
    await settled()
    expect(await handledOn('a')).toEqual(['1', '3'])
    expect((await rows())[1]).toMatchObject({ state: 'parked', attempts: 1, reason: '这条记录读不出来' })
    expect(kept.of('error').map((line) => line.words)).toEqual(['row parked'])
  })

  it('a bug is tried again, later each time, then parked; what it wrote is gone; what comes after waits', async () => {
    failing(() => new TypeError('cannot read x of undefined'))
    await hear('a', 'bad', '2')
    await newHandler().sweep()
    await waitFor(async () => (await rows())[0]?.attempts === 1)
    expect(await handledOn('a')).toEqual([])
    await newHandler().sweep() // its time has not come
    expect((await rows())[0]).toMatchObject({ state: 'open', attempts: 1 })
    for (let tries = 2; tries <= 6; tries++) {
      later(3_600_000)
      await newHandler().sweep()
      await waitFor(async () => (await rows())[0]?.attempts === tries)
    }
    await settled()
    expect((await rows()).map((row) => row.state)).toEqual(['parked', 'done'])
    expect(await handledOn('a')).toEqual(['2'])
  })

  it('TryLater keeps its place for as long as it takes, and says when', async () => {
    failing(() => new TryLater('接口限流', 7_000))
    await hear('a', 'bad')
    for (let tries = 1; tries <= 9; tries++) {
      await newHandler().sweep()
      await waitFor(async () => (await rows())[0]?.attempts === tries)
      expect((await rows())[0]).toMatchObject({ state: 'open', reason: '接口限流' })
      expect((await rows())[0]?.notBefore?.getTime()).toBe(now.getTime() + 7_000)
      later(7_000)
    }
    onNote = keep
    await newHandler().sweep()
    await settled()
    expect(await handledOn('a')).toEqual(['bad'])
  })

  it('Refused tells the person who spoke, in their words, once, and is done', async () => {
    onNote = keep
    const xml = `<xml><FromUserName>WangLei</FromUserName><CreateTime>1</CreateTime><MsgType>event</MsgType><Event>template_card_event</Event><EventKey>confirm-can</EventKey><TaskId>${'0'.repeat(8)}-0000-7000-8000-000000000000</TaskId></xml>`
    await createInboxStore(db)({ key: 'press', source: 'wecom', lane: 'wecom:member:wanglei', body: xml, trace: 't' })
    newHandler().drain(['wecom:member:wanglei'])
    await settled()
    expect((await rows())[0]).toMatchObject({ state: 'done', reason: 'not-your-card' })
    const [said, ...more] = await db.outbox.findMany()
    expect(more).toEqual([])
    expect(said).toMatchObject({
      kind: 'send-text',
      trace: 't',
      payload: { personId: await cast.personId('wanglei'), text: '这张卡片不是发给你的' },
    })
  })

  it('Refused in what nobody said is done without a word', async () => {
    failing(() => new Refused('no-such-thing', '没有这个'))
    await hear('a', 'bad')
    await once('a')
    expect((await rows())[0]).toMatchObject({ state: 'done', reason: 'no-such-thing' })
    expect(await db.outbox.count()).toBe(0)
  })

  it('killed in the middle: nothing of it was kept, and it is handled once by the next', async () => {
    let reached = () => {}
    const inTheMiddle = new Promise<void>((resolve) => {
      reached = resolve
    })
    onNote = async (ctx, words, lane) => {
      await keep(ctx, words, lane)
      reached()
      // The connection dies under the transaction, as it does with the process.
      await db.$executeRaw`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction' AND pid <> pg_backend_pid()`
      await keep(ctx, words, lane)
    }
    await hear('a', '1')
    newHandler().drain(['a'])
    await inTheMiddle
    await waitFor(async () => kept.of('warn').length > 0)
    expect(await handledOn('a')).toEqual([])
    onNote = keep
    later(3_600_000)
    await newHandler().sweep()
    await settled()
    expect(await handledOn('a')).toEqual(['1'])
  })

  it('a failure that is settled late leaves alone what somebody else has done meanwhile', async () => {
    onNote = async (ctx, words, lane) => {
      await keep(ctx, words, lane)
      // Between this transaction's end and the settling of its failure, another process handles the row.
      await db.inbox.updateMany({ data: { state: 'done', attempts: 1 } }).catch(() => {})
      throw new GiveUp('too late')
    }
    await hear('a', '1')
    await once('a')
    expect((await rows())[0]).toMatchObject({ state: 'done', reason: null })
  })

  it('parked rows come back when an administrator says so, at their old place, and it is on record', async () => {
    failing(() => new GiveUp('broken'))
    await hear('a', 'bad')
    await once('a')
    const [parked] = await rows()
    const admin = await cast.actor('heping')
    onNote = keep
    expect(await inWork(db, (work) => replayParked(work, admin, parked?.seq as bigint))).toEqual({ lane: 'a' })
    await once('a')
    expect(await handledOn('a')).toEqual(['bad'])
    expect(await db.auditEntry.findFirst({ where: { verb: 'inbox-replayed' } })).toMatchObject({ actor: admin.personId })
    await expect(inWork(db, (work) => replayParked(work, admin, parked?.seq as bigint))).rejects.toThrow(/not-parked/)
  })

  it('a source or an event that nobody knows: the first is parked, the second is done', async () => {
    await createInboxStore(db)({ key: 'x', source: 'fax', lane: 'f', body: '…', trace: 't' })
    await createInboxStore(db)({
      key: 'y',
      source: 'wecom',
      lane: 'f',
      body: noteXml('f', '1').replace('>note<', '>brand_new_event<'),
      trace: 't',
    })
    newHandler().drain(['f'])
    await settled()
    expect((await rows()).map((row) => row.state)).toEqual(['parked', 'done'])
  })
})
