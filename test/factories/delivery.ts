import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { ChannelError } from '../../channels/channel-error.js'
import type { Dingtalk } from '../../channels/dingtalk/client.js'
import { clientOf } from '../../channels/wecom/fixtures/qyapi.js'
import { later } from '../../domain/outbox.js'
import { claimDue } from '../../jobs/claim.js'
import type { Effect } from '../../jobs/define.js'
import { createDelivery } from '../../jobs/deliver.js'
import { type Bells, createBells } from '../../lib/bells.js'
import { createClock } from '../../lib/clock.js'
import { createDb, type Db } from '../../lib/db.js'
import { createLive } from '../../lib/live.js'
import { loadDir } from '../../lib/load-dir.js'
import { freshDb } from '../setup/db.js'
import { type FreshRedis, freshRedis } from '../setup/redis.js'
import { type Cast, createCast } from './cast.js'
import { keepLog } from './log.js'
import { chatOnly } from './outlets.js'
import { createPhone } from './phone.js'
import { inWork, NOW } from './work.js'

type Saying = {
  key?: string
  lane?: string
  priority?: number
  notBefore?: Date
  expiresAt?: Date
  /** To whom, and where; default: 王磊. */
  about?: { personId: string; platform?: 'wecom' | 'dingtalk' }
}
type Delivery = ReturnType<typeof createDelivery>

/** The outbox of a file of tests: rows, workers over them, and a phone at the other end. Empty again for each test. */
export function useDelivery() {
  let database: Awaited<ReturnType<typeof freshDb>>
  let redis: FreshRedis
  let cast: Cast
  let bells: Bells
  let live: ReturnType<typeof createLive>
  let effects: Map<string, Effect>
  let workers: Delivery[] = []
  let said = 0
  const kept = keepLog()
  const pools: Db[] = []

  beforeAll(async () => {
    ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
    cast = await createCast(database.db)
    bells = createBells(redis.url, kept.log)
    live = createLive(redis.url, kept.log)
    effects = await loadDir<Effect>(new URL('../../jobs/effects/', import.meta.url))
  })
  afterAll(async () => {
    await bells.close()
    live.close()
    await Promise.all(pools.map((pool) => pool.$disconnect()))
    await Promise.all([database.close(), redis.stop()])
  })
  beforeEach(async () => {
    await database.db.$executeRaw`TRUNCATE outbox`
    bench.now = NOW
    bench.phone = createPhone()
    bench.other = null
    bench.dingtalk = null
  })
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.close()))
    workers = []
  })

  /** Connections of its own to the same rows. */
  function newPool(max: number): Db {
    const pool = createDb(database.url, max)
    pools.push(pool)
    return pool
  }

  const bench = {
    /** Machine time of all workers. */
    now: NOW,
    phone: createPhone(),
    /** DingTalk, where a test has connected it. */
    other: null as ReturnType<typeof createPhone> | null,
    dingtalk: null as Dingtalk | null,
    get db() {
      return database.db
    },
    get cast() {
      return cast
    },
    newPool,
    /** A worker of its own process: its own connections, the same rows. */
    newWorker(kinds: Effect[] = []): Delivery {
      const worker = createDelivery({
        db: newPool(5),
        clock: createClock({ production: false, machineNow: () => bench.now }),
        bells,
        live,
        log: kept.log,
        effects: new Map([...effects, ...kinds.map((kind) => [kind.name, kind] as const)]),
        channels: { wecom: bench.phone.channel, dingtalk: bench.other?.channel ?? null },
        dingtalk: bench.dingtalk,
        wecom: clientOf('http://127.0.0.1:9').wecom,
        outlets: chatOnly,
      })
      workers.push(worker)
      return worker
    },
    /** One worker does what is due. */
    async work(kinds: Effect[] = []): Promise<void> {
      const worker = bench.newWorker(kinds)
      await worker.run()
      await worker.idle()
    },
    /** Claims what is due, as a worker that dies right after. */
    claim: () => claimDue(database.db, { business: bench.now, machine: bench.now }, 8),
    async say(text: string, { about, ...saying }: Saying = {}): Promise<void> {
      const to = about ?? { personId: await cast.personId('wanglei') }
      const payload = { ...to, text }
      const intent = { kind: 'send-text' as const, key: `k${said++}`, lane: `person:${to.personId}`, payload }
      await inWork(database.db, (w) => later(w, { ...intent, ...saying }), bench.now)
    },
    texts: () => bench.phone.texts.map((one) => one.text),
    rows: () => database.db.outbox.findMany({ orderBy: { id: 'asc' } }),
    /** The next call fails like this; later ones don't. */
    failOnce(where: 'before' | 'after', error: Error): void {
      bench.phone[where] = async () => {
        bench.phone[where] = async () => {}
        throw error
      }
    },
  }
  return bench
}

export const unknownOutcome = () =>
  new ChannelError({ method: 'message/send', code: 'timeout', kind: 'retry', hint: '没等到回答', unknownOutcome: true })

export const refusal = (kind: 'retry' | 'give-up' | 'config' | 'quota' | 'already-sent') =>
  new ChannelError({ method: 'message/send', code: 45009, kind, hint: '接口限流' })
