import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ChannelError } from '../channels/channel-error.js'
import { clientOf } from '../channels/wecom/fixtures/qyapi.js'
import { later, withdraw } from '../domain/outbox.js'
import { type Bells, createBells } from '../lib/bells.js'
import { advance, createClock } from '../lib/clock.js'
import { createDb, type Db } from '../lib/db.js'
import { GiveUp, TryLater } from '../lib/errors.js'
import { createLive } from '../lib/live.js'
import { loadDir } from '../lib/load-dir.js'
import { type Cast, createCast } from '../test/factories/cast.js'
import { keepLog } from '../test/factories/log.js'
import { chatOnly } from '../test/factories/outlets.js'
import { createPhone } from '../test/factories/phone.js'
import { at, DAY, HOUR, inWork, MINUTE, NOW, SECOND } from '../test/factories/work.js'
import { waitFor } from '../test/rig/wait-for.js'
import { freshDb } from '../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../test/setup/redis.js'
import { claimDue, LEASE_MS } from './claim.js'
import { defineEffect, done, type Effect, skip } from './define.js'
import { createDelivery } from './deliver.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let db: Db
let cast: Cast
let bells: Bells
let live: ReturnType<typeof createLive>
let effects: Map<string, Effect>
const kept = keepLog()
const pools: Db[] = []

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  db = database.db
  cast = await createCast(db)
  bells = createBells(redis.url, kept.log)
  live = createLive(redis.url, kept.log)
  effects = await loadDir<Effect>(new URL('./effects/', import.meta.url))
})
afterAll(async () => {
  await bells.close()
  live.close()
  await Promise.all(pools.map((pool) => pool.$disconnect()))
  await Promise.all([database.close(), redis.stop()])
})

let now = NOW
let phone = createPhone()
let workers: ReturnType<typeof createDelivery>[] = []
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE outbox`
  now = NOW
  phone = createPhone()
})
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.close()))
  workers = []
})

/** A worker of its own process: its own connections, the same rows. */
function newWorker(kinds: Effect[] = []) {
  const pool = createDb(database.url, 5)
  pools.push(pool)
  const worker = createDelivery({
    db: pool,
    clock: createClock({ production: false, machineNow: () => now }),
    bells,
    live,
    log: kept.log,
    effects: new Map([...effects, ...kinds.map((kind) => [kind.name, kind] as const)]),
    channel: phone.channel,
    wecom: clientOf('http://127.0.0.1:9').wecom,
    outlets: chatOnly,
  })
  workers.push(worker)
  return worker
}
/** One worker does what is due. */
async function work(kinds: Effect[] = []): Promise<void> {
  const worker = newWorker(kinds)
  await worker.run()
  await worker.idle()
}

let said = 0
type Saying = { key?: string; lane?: string; priority?: number; notBefore?: Date; expiresAt?: Date }
async function say(text: string, saying: Saying = {}): Promise<void> {
  const personId = await cast.personId('wanglei')
  const intent = { kind: 'send-text' as const, key: `k${said++}`, lane: `person:${personId}`, payload: { personId, text } }
  await inWork(db, (w) => later(w, { ...intent, ...saying }), now)
}
const texts = () => phone.texts.map((one) => one.text)
const rows = () => db.outbox.findMany({ orderBy: { id: 'asc' } })
const unknownOutcome = () =>
  new ChannelError({ method: 'message/send', code: 'timeout', kind: 'retry', hint: '没等到回答', unknownOutcome: true })
const refusal = (kind: 'retry' | 'give-up' | 'config') =>
  new ChannelError({ method: 'message/send', code: 45009, kind, hint: '接口限流' })
/** The next call fails like this; later ones don't. */
function failOnce(where: 'before' | 'after', error: Error) {
  phone[where] = async () => {
    phone[where] = async () => {}
    throw error
  }
}

describe('claiming', () => {
  it('asked twice under one key is asked once', async () => {
    await say('好的', { key: 'same' })
    await say('好的', { key: 'same' })
    await work()
    expect(texts()).toEqual(['好的'])
  })

  it('several workers at many lanes: nothing twice, one at a time per lane, each lane in order', async () => {
    const busy = new Map<string, number>()
    const lane = (text: string) => text.split(' ')[0] as string
    let overlaps = 0
    const ids = Array.from({ length: 60 }, (_, i) => `${'abcd'[i % 4]} ${i}`)
    for (const text of ids) await say(text, { lane: `lane:${lane(text)}` })
    const effect = defineEffect({
      name: 'send-text',
      ifUnknown: 'repeat',
      async run({ channel }, { text }) {
        if (busy.get(lane(text))) overlaps += 1
        busy.set(lane(text), 1)
        await channel.sendText('wanglei', text)
        await new Promise((resolve) => setTimeout(resolve, 2))
        busy.delete(lane(text))
        return done({})
      },
    }) as Effect
    const several = [newWorker([effect]), newWorker([effect]), newWorker([effect])]
    await Promise.all(several.map((worker) => worker.run()))
    await waitFor(async () => (await db.outbox.count({ where: { state: 'open' } })) === 0)
    expect(overlaps).toBe(0)
    expect(texts()).toHaveLength(60)
    for (const name of 'abcd') expect(texts().filter((t) => lane(t) === name)).toEqual(ids.filter((t) => lane(t) === name))
  })

  it('a more urgent row that comes while another claim of its lane is under way waits for it', async () => {
    await say('first')
    const [times, other] = [{ business: NOW, machine: NOW }, createDb(database.url, 2)]
    pools.push(other)
    // A claim that has marked its row and not committed yet.
    let commit = () => {}
    const committed = new Promise<void>((resolve) => {
      commit = resolve
    })
    let marked = false
    const slow = other.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(72061903)`
      await tx.$executeRaw`UPDATE outbox SET called_at = ${NOW}, lease_until = ${at(LEASE_MS)}`
      marked = true
      await committed
    })
    await waitFor(() => marked)
    await say('urgent', { priority: 2 })
    const claim = claimDue(db, times, 8)
    setTimeout(commit, 50)
    await slow
    expect(await claim).toEqual([])
  })

  it('the urgent leaves first, then by age', async () => {
    await say('one')
    await say('two')
    await say('answer', { priority: 2 })
    await work()
    expect(texts()).toEqual(['answer', 'one', 'two'])
  })

  it('waits for its business time, whatever the machine says', async () => {
    await say('later', { notBefore: at(10 * SECOND) })
    await work()
    expect(texts()).toEqual([])
    await advance(db, 10 * SECOND)
    await work()
    expect(texts()).toEqual(['later'])
    await db.$executeRaw`ALTER TABLE clock_offset DISABLE TRIGGER clock_only_forward`
    await db.$executeRaw`UPDATE clock_offset SET offset_ms = 0`
    await db.$executeRaw`ALTER TABLE clock_offset ENABLE TRIGGER clock_only_forward`
  })

  it('what waits for its time holds up nothing that is due', async () => {
    await say('later', { notBefore: at(HOUR) })
    await say('now')
    await work()
    expect(texts()).toEqual(['now'])
  })

  it('too late is not at all, and shown', async () => {
    await say('好消息', { expiresAt: at(MINUTE) })
    now = at(2 * MINUTE)
    await work()
    expect(texts()).toEqual([])
    const worker = newWorker()
    expect(await worker.expire()).toBe(1)
    expect(await rows()).toMatchObject([{ state: 'expired', reason: '过期未发' }])
  })

  it('a call that hangs holds up its lane and no other', async () => {
    let letGo = () => {}
    const hung = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let hangs = false
    phone.before = async (_call, to) => {
      if (to !== 'wanglei' || phone.texts.length > 0) return
      hangs = true
      await hung
    }
    await say('hangs')
    await say('waits')
    const worker = newWorker()
    await worker.run()
    await waitFor(() => hangs)
    const personId = await cast.personId('lina')
    phone.before = async () => {}
    await inWork(db, (w) => later(w, { kind: 'send-text', key: 'l', lane: 'lina', payload: { personId, text: 'quick' } }))
    await worker.run()
    await waitFor(() => texts().includes('quick'))
    expect(texts()).toEqual(['quick'])
    letGo()
    await waitFor(() => texts().length === 3)
    expect(texts()).toEqual(['quick', 'hangs', 'waits'])
  })
})

describe('the receipt', () => {
  it('is kept with the row, in the transaction of what the effect keeps, without a code in it', async () => {
    const changeId = await cast.captures('wmRenji')
    await db.outbox.deleteMany({ where: { NOT: { kind: 'send-card' } } })
    now = at(11 * SECOND)
    await work()
    const ask = await cast.askOf(changeId)
    expect(phone.cards.map((card) => card.to).sort()).toEqual(['sunyue', 'zhaoqiang'])
    expect(ask.card.copies[0]).toMatchObject({ handle: expect.any(String), code: expect.stringContaining('code-of-'), shown: 1 })
    expect(ask.askedAt).toEqual(now)
    for (const row of await rows()) {
      expect(row).toMatchObject({ state: 'done', attempts: 1, unknowns: 0, leaseUntil: null })
      expect(JSON.stringify(row.receipt)).not.toContain('code-of-')
    }
  })

  it('what is no longer wanted is skipped, and says so', async () => {
    const effect = defineEffect({ name: 'send-text', ifUnknown: 'repeat', run: async () => skip('nobody wants it') }) as Effect
    await say('x')
    await work([effect])
    expect(await rows()).toMatchObject([{ state: 'done', receipt: { skipped: 'nobody wants it' } }])
  })
})

describe('what the platform refuses', () => {
  it('a refusal for good is failed, with the platform’s words, and what comes after leaves', async () => {
    failOnce('before', refusal('give-up'))
    await say('never')
    await say('next')
    await work()
    expect(await rows()).toMatchObject([{ state: 'failed', reason: 'message/send: 45009 接口限流' }, { state: 'done' }])
    expect(texts()).toEqual(['next'])
  })

  it('a refusal for now is tried again at its time, in its place', async () => {
    failOnce('before', refusal('retry'))
    await say('again')
    await say('after it')
    await work()
    expect(texts()).toEqual([])
    expect(await rows()).toMatchObject([{ state: 'open', attempts: 1, calledAt: null, retryAt: at(SECOND) }, { attempts: 0 }])
    now = at(SECOND)
    await work()
    expect(texts()).toEqual(['again', 'after it'])
  })

  it('the platform’s own wish for the delay is heard', async () => {
    failOnce('before', new TryLater('busy', 90 * SECOND))
    await say('x')
    await work()
    expect((await rows())[0]?.retryAt).toEqual(at(90 * SECOND))
  })

  it('a quarter of an hour of no: another way is asked for, also for what waits behind it and nobody tried', async () => {
    const stuck: string[] = []
    const effect = defineEffect({
      name: 'send-text',
      ifUnknown: 'repeat',
      async run() {
        throw refusal('retry')
      },
      async stuck(_work, { text }) {
        stuck.push(text)
      },
    })
    await say('tried')
    await say('behind it')
    await say('not so long', { notBefore: at(10 * MINUTE) })
    await db.outbox.updateMany({ data: { createdAt: NOW } })
    await work([effect])
    expect(stuck).toEqual([])
    now = at(16 * MINUTE)
    await work([effect])
    expect(stuck).toEqual(['tried', 'behind it'])
    expect(await rows()).toMatchObject([{ state: 'open' }, { attempts: 0 }, { attempts: 0 }])
  })

  it('after three days of no it is given up and shown', async () => {
    phone.before = async () => {
      throw refusal('config')
    }
    await say('x')
    await db.outbox.updateMany({ data: { createdAt: NOW } })
    await work()
    expect(await rows()).toMatchObject([{ state: 'open' }])
    now = at(3 * DAY + MINUTE)
    await work()
    expect(await rows()).toMatchObject([{ state: 'failed' }])
  })

  it('a row that was planned for later is not old when its time comes', async () => {
    failOnce('before', refusal('retry'))
    await say('x', { notBefore: at(10 * DAY) })
    await db.outbox.updateMany({ data: { createdAt: NOW } })
    now = at(10 * DAY)
    await work()
    expect(await rows()).toMatchObject([{ state: 'open', attempts: 1 }])
  })

  it('a kind that nobody defined is failed by name', async () => {
    await say('x')
    await db.outbox.updateMany({ data: { kind: 'send-fax' } })
    await work()
    expect(await rows()).toMatchObject([{ state: 'failed', reason: 'no file in jobs/effects for «send-fax»' }])
  })
})

describe('when nobody knows whether the platform took it', () => {
  const shows = (run: Effect['run']) => ({ name: 'send-text', ifUnknown: 'show', run }) as Effect
  const sends: Effect['run'] = async ({ channel }, payload) =>
    done(await channel.sendText('wanglei', (payload as { text: string }).text))

  it('a kind that may be repeated is repeated, and counted apart', async () => {
    failOnce('after', unknownOutcome())
    await say('twice at worst')
    await work()
    expect(await rows()).toMatchObject([{ state: 'open', unknowns: 1, calledAt: NOW }])
    now = at(SECOND)
    await work()
    expect(texts()).toEqual(['twice at worst', 'twice at worst'])
    expect(await rows()).toMatchObject([{ state: 'done', unknowns: 1, attempts: 2 }])
  })

  it('a kind that must not be repeated is shown instead', async () => {
    failOnce('after', unknownOutcome())
    await say('once at most')
    await work([shows(sends)])
    now = at(HOUR)
    await work([shows(sends)])
    expect(texts()).toEqual(['once at most'])
    expect(await rows()).toMatchObject([{ state: 'unknown' }])
  })

  it.each([
    ['repeat', 2, 'done'],
    ['show', 1, 'unknown'],
  ] as const)('a worker that died on the way: «%s» is called %i times and ends %s', async (rule, calls, state) => {
    const effect = { name: 'send-text', ifUnknown: rule, run: sends } as Effect
    await say('x')
    // Claimed and called; then the process was gone.
    const [row] = await claimDue(db, { business: now, machine: now }, 8)
    await sends({ channel: phone.channel } as never, row?.payload as never)
    await work([effect])
    expect(texts()).toHaveLength(1) // its lease is still good
    now = at(LEASE_MS)
    await work([effect])
    expect(texts()).toHaveLength(calls)
    expect(await rows()).toMatchObject([{ state, unknowns: 1 }])
  })

  it.each([
    ['repeat', 'done'],
    ['show', 'unknown'],
  ] as const)('a receipt that could not be kept is not a failed call: «%s» ends %s', async (rule, state) => {
    let broken = true
    const effect: Effect = {
      name: 'send-text',
      ifUnknown: rule,
      run: sends,
      async keep() {
        if (broken) throw new Error('the database was away')
      },
    }
    await say('x')
    await work([effect])
    expect(await rows()).toMatchObject([{ state: 'open', unknowns: 1, calledAt: NOW }])
    broken = false
    now = at(SECOND)
    await work([effect])
    expect(await rows()).toMatchObject([{ state }])
    expect(texts()).toHaveLength(rule === 'repeat' ? 2 : 1)
  })

  it('a receipt that can never be kept is shown in the end, not sent for ever', async () => {
    const keep = async () => {
      throw new Error('a bug')
    }
    await say('x')
    for (let i = 0; i < 8; i++) {
      await work([{ name: 'send-text', ifUnknown: 'repeat', run: sends, keep }])
      now = at(HOUR, now)
    }
    expect(texts()).toHaveLength(5)
    expect(await rows()).toMatchObject([{ state: 'unknown' }])
  })

  it('a worker that slept past its lease does not write over the one that took over', async () => {
    await say('x')
    let wake = () => {}
    const asleep = new Promise<void>((resolve) => {
      wake = resolve
    })
    const sleeper: Effect = {
      name: 'send-text',
      ifUnknown: 'repeat',
      async run() {
        await asleep
        throw new GiveUp('不在应用可见范围')
      },
    }
    const first = newWorker([sleeper])
    await first.run()
    now = at(LEASE_MS)
    await work()
    expect(await rows()).toMatchObject([{ state: 'done', attempts: 2 }])
    wake()
    await first.idle()
    expect(await rows()).toMatchObject([{ state: 'done', attempts: 2, reason: null }])
  })
})

describe('taking back', () => {
  const takeBack = (key: string) => inWork(db, (w) => withdraw(w, [key], '已撤销'))

  it('works until the call begins, and not after', async () => {
    await say('x', { key: 'x', notBefore: at(10 * SECOND) })
    expect(await takeBack('x')).toBe(1)
    await say('y', { key: 'y' })
    await claimDue(db, { business: now, machine: now }, 8)
    expect(await takeBack('y')).toBe(0)
    expect((await rows()).map((row) => row.state)).toEqual(['withdrawn', 'open'])
  })

  it('works again after a call that is known to have failed', async () => {
    failOnce('before', refusal('retry'))
    await say('x', { key: 'x' })
    await work()
    expect(await takeBack('x')).toBe(1)
  })

  it('does not work while an earlier call may have got through, whatever a later one said', async () => {
    failOnce('after', unknownOutcome())
    await say('x', { key: 'x' })
    await work()
    expect(await takeBack('x')).toBe(0)
    now = at(SECOND)
    failOnce('before', refusal('retry'))
    await work()
    expect(await takeBack('x')).toBe(0)
  })
})
