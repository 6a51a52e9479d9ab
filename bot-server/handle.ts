import { runWork } from '../domain/work.js'
import { describe } from '../lib/log.js'
import { handleRow } from './handle-row.js'
import { type HandlerNeeds, type Row, settleRow } from './settle-row.js'

type Outcome = 'handled' | 'empty' | 'busy' | 'waiting'

const MOST_LANES_AT_ONCE = 4
const GIVE_WAY_MS = 50
const MOST_WAITED_MS = 1_000
const MOST_SWEPT = 200

/**
 * Takes lanes one row at a time, oldest first. The lane's lock is held by the transaction that handles the row, so rows of
 * one lane never overtake each other, whichever process takes them; a lane that is locked is left to whoever has it.
 */
export function createHandler(needs: HandlerNeeds) {
  const wanted = new Set<string>()
  const running = new Set<string>()
  let closed = false

  function drain(lanes: Iterable<string>): void {
    if (closed) return
    for (const lane of lanes) wanted.add(lane)
    // A lane that this process is at stays wanted: it is looked at once more, and takes no second place meanwhile.
    for (const lane of wanted) {
      if (running.size >= MOST_LANES_AT_ONCE) return
      if (running.has(lane)) continue
      wanted.delete(lane)
      running.add(lane)
      void drainLane(lane).finally(() => {
        running.delete(lane)
        drain([])
      })
    }
  }

  async function drainLane(lane: string): Promise<void> {
    for (let gaveWay = 0; !closed; ) {
      await giveWay()
      const outcome = await takeOne(needs, lane).catch((error) => {
        needs.log.warn({ lane, ...describe(error) }, 'lane could not be taken')
        return 'waiting' as const
      })
      if (outcome === 'empty' || outcome === 'waiting') return
      // Another process that holds the lane may just have seen it empty: look again before leaving it to the sweep.
      if (outcome === 'busy' && gaveWay++ > 2) return
      if (outcome === 'busy') await new Promise((resolve) => setTimeout(resolve, GIVE_WAY_MS))
    }
  }

  /** Each row waits up to a second for the rush to end: slowly on is better than not at all. */
  async function giveWay(): Promise<void> {
    for (let waited = 0; needs.isRushed?.() && waited < MOST_WAITED_MS && !closed; waited += GIVE_WAY_MS) {
      await new Promise((resolve) => setTimeout(resolve, GIVE_WAY_MS))
    }
  }

  return {
    drain,
    /** At once, beside whatever else is under way: somebody waits for the answer. Ends when this process can do no more. */
    async takeNow(lane: string): Promise<void> {
      if (closed) return
      // Whoever is at it looks once more.
      if (running.has(lane)) return void wanted.add(lane)
      running.add(lane)
      await drainLane(lane).finally(() => {
        running.delete(lane)
        drain([])
      })
    },
    /** Finds lanes that no bell told of; one whose oldest row waits for its time has nothing to do. */
    async sweep(): Promise<void> {
      if (needs.isRushed?.()) return
      const now = needs.clock.machineNow()
      const lanes = await needs.db.$queryRaw<{ lane: string }[]>`
        SELECT lane FROM (SELECT DISTINCT ON (lane) lane, seq, not_before FROM inbox WHERE state = 'open' ORDER BY lane, seq) AS oldest
        WHERE not_before IS NULL OR not_before <= ${now} ORDER BY seq LIMIT ${MOST_SWEPT}`
      drain(lanes.map((row) => row.lane))
    },
    /** Waits for what is under way. */
    async close(): Promise<void> {
      closed = true
      while (running.size > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    },
  }
}

async function takeOne(needs: HandlerNeeds, lane: string): Promise<Outcome> {
  let row: Row | undefined
  try {
    const outcome = await runWork(needs, '', async (work) => {
      const [lock] = await work.tx.$queryRaw<
        { mine: boolean }[]
      >`SELECT pg_try_advisory_xact_lock(hashtextextended(${lane}, 1)) AS mine`
      if (!lock?.mine) return 'busy'
      ;[row] = await work.tx.$queryRaw<Row[]>`
        SELECT seq, source, key, body, trace, lane, attempts, not_before, received_at,
          (extract(epoch FROM clock_timestamp() - received_at) * 1000)::float8 AS "ageMs" FROM inbox
        WHERE lane = ${lane} AND state = 'open' ORDER BY seq LIMIT 1`
      if (!row) return 'empty'
      if (row.not_before && row.not_before > needs.clock.machineNow()) return 'waiting'
      work.trace = row.trace
      const reason = await handleRow({ ...needs.row, log: needs.log }, work, row)
      await work.tx.inbox.update({ where: { seq: row.seq }, data: { state: 'done', doneAt: work.now, reason } })
      return 'handled'
    })
    if (row && outcome === 'handled') needs.log.info({ trace: row.trace, seq: String(row.seq) }, 'handled')
    return outcome
  } catch (error) {
    if (!row) throw error
    await settleRow(needs, row, error)
    return 'handled'
  }
}
