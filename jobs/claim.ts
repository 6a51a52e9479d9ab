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
 * Claims wait for each other, a few milliseconds: two that overlap do not see each other's marks, and a row that came in
 * between them would leave beside another of its lane. Raw SQL, because one statement must see, lock and mark (hot place
 * two of three).
 */
export const claimDue = (db: Db, { business, machine, leaseMs = LEASE_MS }: Times, limit: number): Promise<Claimed[]> =>
  transact(db, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${CLAIM_LOCK})`
    return tx.$queryRaw<Claimed[]>`
      WITH due AS (
        SELECT o.id, o.called_at, o.lease_until FROM outbox o
        WHERE o.state = 'open' AND o.not_before <= ${business}
          AND (o.retry_at IS NULL OR o.retry_at <= ${machine})
          AND (o.lease_until IS NULL OR o.lease_until <= ${machine})
          AND (o.expires_at IS NULL OR o.expires_at > ${business})
          AND ${withinPace(machine)}
          AND NOT EXISTS (
            SELECT 1 FROM outbox p
            WHERE p.lane = o.lane AND p.state = 'open' AND p.id <> o.id
              AND (p.lease_until > ${machine}
                OR (p.not_before <= ${business} AND (p.expires_at IS NULL OR p.expires_at > ${business})
                  AND (p.priority > o.priority OR (p.priority = o.priority AND p.id < o.id)))))
        ORDER BY o.priority DESC, o.id LIMIT ${limit} FOR UPDATE SKIP LOCKED
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
