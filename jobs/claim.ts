import { type Db, transact } from '../lib/db.js'
import { withinPace } from './pace.js'

export type Claimed = {
  id: bigint
  kind: string
  key: string
  lane: string
  payload: unknown
  trace: string
  /** Counts this try, and tells it from any other: what it learns is written only while it is still the last. */
  attempts: number
  not_before: Date
  created_at: Date
  /** An earlier call was begun, and nobody knows how it ended. */
  unknown: boolean
}

/** Longer than an effect can take: a token fetched and the call, twice, each with its 10 seconds. */
export const LEASE_MS = 60_000
const CLAIM_LOCK = 72_061_903

type Times = { business: Date; machine: Date; leaseMs?: number }

/**
 * Takes rows that are due, at most one per lane and the most urgent first, and marks that a call is about to begin: from
 * here to the receipt the outcome is unknown to everybody else. Rows that another worker holds are skipped.
 *
 * One pass over what is due gives the head of each lane, whatever the planner believes about the table; the pace of a lane is
 * asked last and only until there are enough.
 *
 * Claims wait for each other, a few milliseconds: two that overlap do not see each other's marks, and a row that came in
 * between them would leave beside another of its lane. Raw SQL, because one statement must see, lock and mark (hot place
 * two of three).
 */
export const claimDue = (db: Db, { business, machine, leaseMs = LEASE_MS }: Times, limit: number): Promise<Claimed[]> =>
  transact(db, async (tx) => {
    // The look-ups must follow the index: after a quiet night the planner believes that the table is empty, and reads all of it
    // for each of them.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CLAIM_LOCK}), set_config('enable_seqscan', 'off', true),
      set_config('enable_bitmapscan', 'off', true)`
    return tx.$queryRaw<Claimed[]>`
      WITH open AS MATERIALIZED (
        SELECT id, lane, kind, priority, retry_at, lease_until FROM outbox
        WHERE state = 'open' AND not_before <= ${business}
          AND (expires_at IS NULL OR expires_at > ${business} OR lease_until > ${machine})
      ), lanes AS (
        SELECT DISTINCT ON (lane) id, lane, kind, priority, retry_at,
          bool_or(lease_until > ${machine}) OVER (PARTITION BY lane) AS busy
        FROM open ORDER BY lane, priority DESC, id
      ), heads AS (
        SELECT o.id FROM (
          SELECT * FROM lanes h WHERE h.busy IS NOT TRUE AND (h.retry_at IS NULL OR h.retry_at <= ${machine})
          ORDER BY h.priority DESC, h.id OFFSET 0 -- a fence: what follows is asked row by row
        ) o WHERE ${withinPace(machine)} LIMIT ${limit}
      ), due AS (
        -- An array, so that the heads are found once; and by id alone: in these words the state fits no index.
        SELECT id, called_at, lease_until FROM outbox WHERE id = ANY (ARRAY (SELECT id FROM heads)) AND state::text = 'open'
        FOR UPDATE SKIP LOCKED
      )
      UPDATE outbox SET called_at = ${machine}, lease_until = ${new Date(machine.getTime() + leaseMs)},
        attempts = attempts + 1, retry_at = NULL,
        -- A lease that ran out is a worker that died on the way.
        unknowns = unknowns + (due.lease_until IS NOT NULL)::int
      FROM due WHERE outbox.id = due.id
      RETURNING outbox.id, kind, key, lane, payload, trace, attempts, not_before, created_at, due.called_at IS NOT NULL AS unknown`
  })

/** What was not said in time is not said at all. */
export const expireOverdue = (db: Db, { business, machine }: Times): Promise<number> => db.$executeRaw`
  UPDATE outbox SET state = 'expired', done_at = ${business}, reason = '过期未发'
  WHERE state = 'open' AND expires_at <= ${business} AND (lease_until IS NULL OR lease_until <= ${machine})`
