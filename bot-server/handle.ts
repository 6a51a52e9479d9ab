import { parseMessage } from '../channels/wecom/parse.js'
import { laneOf, later } from '../domain/outbox.js'
import { findPersonId } from '../domain/person/identify.js'
import { type Deps, runWork, type Work } from '../domain/work.js'
import { GiveUp, Refused, TryLater } from '../lib/errors.js'
import { describe, type Log } from '../lib/log.js'
import { handleRow, type InboxRow } from './handle-row.js'

type Row = InboxRow & { lane: string; attempts: number; not_before: Date | null }
type Needs = Deps & { log: Log; row: Omit<Parameters<typeof handleRow>[0], 'log'> }
type Outcome = 'handled' | 'empty' | 'busy' | 'waiting'

const MOST_LANES_AT_ONCE = 4
const GIVE_WAY_MS = 50
const BACKOFF_MS = [1_000, 5_000, 30_000, 120_000, 600_000]

/**
 * Takes lanes one row at a time, oldest first. The lane's lock is held by the transaction that handles the row, so rows of
 * one lane never overtake each other, whichever process takes them; a lane that is locked is left to whoever has it.
 */
export function createHandler(needs: Needs) {
  const wanted = new Set<string>()
  let running = 0
  let closed = false

  function drain(lanes: Iterable<string>): void {
    if (closed) return
    for (const lane of lanes) wanted.add(lane)
    while (running < MOST_LANES_AT_ONCE && wanted.size > 0) {
      const lane = wanted.values().next().value as string
      wanted.delete(lane)
      running += 1
      void drainLane(lane).finally(() => {
        running -= 1
        drain([])
      })
    }
  }

  async function drainLane(lane: string): Promise<void> {
    for (let gaveWay = 0; !closed; ) {
      const outcome = await takeOne(needs, lane).catch((error) => {
        needs.log.warn({ lane, ...describe(error) }, 'lane could not be taken')
        return 'waiting' as const
      })
      if (outcome === 'empty' || outcome === 'waiting') return
      // Whoever holds the lane may just have seen it empty: look once more before leaving it to the sweep.
      if (outcome === 'busy' && gaveWay++ > 2) return
      if (outcome === 'busy') await new Promise((resolve) => setTimeout(resolve, GIVE_WAY_MS))
    }
  }

  return {
    drain,
    /** Finds lanes that no bell told of. */
    async sweep(): Promise<void> {
      const now = needs.clock.machineNow()
      const lanes = await needs.db.$queryRaw<{ lane: string }[]>`
        SELECT DISTINCT lane FROM inbox WHERE state = 'open' AND (not_before IS NULL OR not_before <= ${now}) LIMIT 200`
      drain(lanes.map((row) => row.lane))
    },
    /** Waits for what is under way. */
    async close(): Promise<void> {
      closed = true
      while (running > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    },
  }
}

async function takeOne(needs: Needs, lane: string): Promise<Outcome> {
  let row: Row | undefined
  try {
    return await runWork(needs, '', async (work) => {
      const [lock] = await work.tx.$queryRaw<
        { mine: boolean }[]
      >`SELECT pg_try_advisory_xact_lock(hashtextextended(${lane}, 1)) AS mine`
      if (!lock?.mine) return 'busy'
      ;[row] = await work.tx.$queryRaw<Row[]>`
        SELECT seq, source, key, body, trace, lane, attempts, not_before FROM inbox
        WHERE lane = ${lane} AND state = 'open' ORDER BY seq LIMIT 1`
      if (!row) return 'empty'
      if (row.not_before && row.not_before > needs.clock.machineNow()) return 'waiting'
      work.trace = row.trace
      await handleRow({ ...needs.row, log: needs.log }, work, row)
      await finish(work, row)
      needs.log.info({ trace: row.trace, seq: String(row.seq) }, 'handled')
      return 'handled'
    })
  } catch (error) {
    if (!row) throw error
    await settle(needs, row, error)
    return 'handled'
  }
}

const finish = (work: Work, row: Row) =>
  work.tx.inbox.update({ where: { seq: row.seq }, data: { state: 'done', doneAt: work.now } })

/** The transaction is gone; what becomes of the row depends on the kind of error. */
async function settle(needs: Needs, row: Row, error: unknown): Promise<void> {
  if (error instanceof Refused) return tellRefused(needs, row, error)
  const attempts = row.attempts + 1
  const park = error instanceof GiveUp || attempts > BACKOFF_MS.length
  const reason = error instanceof Error ? error.message : String(error)
  needs.log[park ? 'error' : 'warn'](
    { trace: row.trace, seq: String(row.seq), attempts, ...describe(error) },
    park ? 'row parked' : 'row will be tried again',
  )
  const delay = error instanceof TryLater ? (error.delayMs ?? 5_000) : BACKOFF_MS[attempts - 1]
  await needs.db.inbox.update({
    where: { seq: row.seq },
    data: park
      ? { state: 'parked', attempts, reason }
      : { attempts, reason, notBefore: new Date(needs.clock.machineNow().getTime() + (delay ?? 5_000)) },
  })
}

/** A press or a word that can't be followed: the person hears why, and the row is done. */
async function tellRefused(needs: Needs, row: Row, refused: Refused): Promise<void> {
  needs.log.info({ trace: row.trace, code: refused.code }, 'refused')
  await runWork(needs, row.trace, async (work) => {
    const personId = await speakerOf(needs, work, row)
    if (personId) {
      await later(work, {
        kind: 'send-text',
        key: `refused:${row.key}`,
        lane: laneOf(personId),
        payload: { personId, text: refused.words },
      })
    }
    await work.tx.inbox.update({ where: { seq: row.seq }, data: { state: 'done', doneAt: work.now, reason: refused.code } })
  })
}

async function speakerOf(needs: Needs, work: Work, row: Row): Promise<string | null> {
  if (row.source !== 'wecom') return null
  const heard = parseMessage(row.body, needs.row.organisation)
  return heard.kind === 'happened' ? null : findPersonId(work, heard.from)
}
