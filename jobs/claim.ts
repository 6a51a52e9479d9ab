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
 * The head of each lane that has something due is looked up by index; the pace of a lane is asked last and only until there
 * are enough.
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
      WITH lanes AS (
        SELECT DISTINCT lane FROM outbox WHERE state = 'open' AND not_before <= ${business}
      ), heads AS (
        SELECT o.id FROM (
          SELECT h.* FROM lanes l CROSS JOIN LATERAL (
            SELECT o.id, o.lane, o.kind, o.priority, o.retry_at FROM outbox o
            WHERE o.state = 'open' AND o.lane = l.lane AND o.not_before <= ${business}
              AND (o.expires_at IS NULL OR o.expires_at > ${business})
            ORDER BY o.priority DESC, o.id LIMIT 1) h
          WHERE (h.retry_at IS NULL OR h.retry_at <= ${machine})
            AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.lane = h.lane AND p.state = 'open' AND p.lease_until > ${machine})
          ORDER BY h.priority DESC, h.id OFFSET 0 -- a fence: what follows is asked row by row
        ) o WHERE ${withinPace(machine)} LIMIT ${limit}
      ), due AS (
        SELECT id, called_at, lease_until FROM outbox WHERE id IN (SELECT id FROM heads) AND state = 'open'
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
