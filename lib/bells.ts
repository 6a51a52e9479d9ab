import Bull from 'bull'
import { describe, type Log } from './log.js'
import { connectRedis } from './redis.js'

/**
 * The queue is a doorbell: it says «look now» and carries nothing that isn't in a row. Ringing is never awaited and
 * never fails; when Redis is away the sweeps find the rows a little later.
 */
export type BellName = 'inbox' | 'outbox' | 'archive' | 'reminders'
export type Bells = {
  /** Rings soon for these lanes (none: «something is due»). Rings of one moment are one job. */
  ring(bell: BellName, lanes?: string[]): void
  /** Rings once at that second (machine time), however often it is asked. */
  ringAt(bell: BellName, at: Date): void
  /** The same for many seconds in one go. */
  ringAtEach(bell: BellName, times: Date[]): void
  answer(bell: BellName, concurrency: number, handle: (lanes: string[]) => Promise<void>): void
  /** True while Redis answers. One that hangs keeps its connections and looks healthy otherwise. */
  up(): Promise<boolean>
  close(): Promise<void>
}

type Ring = { lanes: string[] }
const GATHER_MS = 2
/** Under load a bell rings this often at most: a ring costs more than storing what it is about. */
const APART_MS = 25
/** Redis that hangs takes commands into a buffer without end. Rings beyond this are dropped: the sweeps find the rows. */
const MOST_UNANSWERED = 100
const ANSWER_MS = 1_000

export function createBells(redisUrl: string, log: Log): Bells {
  const connections: ReturnType<typeof connectRedis>[] = []
  const connect = () => {
    const client = connectRedis(redisUrl, log)
    client.setMaxListeners(50)
    connections.push(client)
    return client
  }
  const client = connect()
  const subscriber = connect()
  const queues = new Map<BellName, Bull.Queue<Ring>>()
  const waiting = new Map<BellName, Set<string>>()
  const rungAt = new Map<BellName, number>()

  const queueOf = (bell: BellName): Bull.Queue<Ring> => {
    const known = queues.get(bell)
    if (known) return known
    const queue = new Bull<Ring>(bell, {
      prefix: 'bulou',
      createClient: (type) => (type === 'client' ? client : type === 'subscriber' ? subscriber : connect()),
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
      // A bell that stalled twice rings again: the handler is idempotent and the rows are the truth.
      settings: { lockDuration: 30_000, stalledInterval: 15_000, maxStalledCount: 10 },
    })
    queue.on('error', () => {}) // connectRedis says it once; Bull would say it for every command
    queues.set(bell, queue)
    return queue
  }

  let unanswered = 0
  const add = (bell: BellName, jobs: { data: Ring; opts: Bull.JobOptions }[]) => {
    if (client.status !== 'ready' || unanswered >= MOST_UNANSWERED || jobs.length === 0) return
    unanswered += 1
    queueOf(bell)
      .addBulk(jobs)
      .catch((error) => log.debug({ bell, ...describe(error) }, 'bell not rung'))
      .finally(() => {
        unanswered -= 1
      })
  }

  let asking: Promise<boolean> | undefined
  const ask = () => {
    asking ??= client
      .ping()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        asking = undefined
      })
    return asking
  }

  return {
    ring(bell, lanes = []) {
      const gathered = waiting.get(bell)
      if (gathered) {
        for (const lane of lanes) gathered.add(lane)
        return
      }
      waiting.set(bell, new Set(lanes))
      const wait = Math.max(GATHER_MS, (rungAt.get(bell) ?? 0) + APART_MS - performance.now())
      setTimeout(() => {
        const all = [...(waiting.get(bell) ?? [])]
        waiting.delete(bell)
        rungAt.set(bell, performance.now())
        add(bell, [{ data: { lanes: all }, opts: {} }])
      }, wait).unref()
    },
    ringAt(bell, at) {
      add(bell, [dueJob(at)])
    },
    ringAtEach(bell, times) {
      add(bell, times.map(dueJob))
    },
    answer(bell, concurrency, handle) {
      queueOf(bell)
        .process(concurrency, (job) => handle(job.data.lanes))
        .catch((error) => log.warn({ bell, ...describe(error) }, 'bell cannot be heard'))
    },
    async up() {
      if (client.status !== 'ready') return false
      const late = new Promise<boolean>((resolve) => setTimeout(resolve, ANSWER_MS, false).unref())
      return Promise.race([ask(), late])
    },
    async close() {
      // With Redis away Bull's own close waits for an answer that never comes.
      const closing = Promise.allSettled([...queues.values()].map((q) => q.close(true)))
      await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, 2_000).unref())])
      for (const c of connections) c.disconnect()
    },
  }
}

/** One job a second, however often it is asked for. */
function dueJob(at: Date): { data: Ring; opts: Bull.JobOptions } {
  const second = Math.ceil(at.getTime() / 1000)
  return { data: { lanes: [] }, opts: { delay: Math.max(0, second * 1000 - Date.now()), jobId: `due:${second}` } }
}
