import type { Db } from '../lib/db.js'

export type Claimed = {
  id: bigint
  kind: string
  key: string
  lane: string
  payload: unknown
  trace: string
  attempts: number
  created_at: Date
  /** A call had begun under an earlier lease and nobody knows how it ended. */
  unknown: boolean
}

export const LEASE_MS = 60_000

type Times = { business: Date; machine: Date }

/**
 * Takes rows that are due, at most one per lane and the most urgent first, and marks that a call is about to begin: from
 * here to the receipt the outcome is unknown to everybody else. Rows that another worker holds are skipped. Raw SQL,
 * because one statement must see, lock and mark (hot place two of three).
 */
export const claimDue = (db: Db, { business, machine }: Times, limit: number): Promise<Claimed[]> => db.$queryRaw<Claimed[]>`
  WITH due AS (
    SELECT o.id, o.called_at FROM outbox o
    WHERE o.state = 'open' AND o.not_before <= ${business}
      AND (o.retry_at IS NULL OR o.retry_at <= ${machine})
      AND (o.lease_until IS NULL OR o.lease_until <= ${machine})
      AND (o.expires_at IS NULL OR o.expires_at > ${business})
      AND NOT EXISTS (
        SELECT 1 FROM outbox p
        WHERE p.lane = o.lane AND p.state = 'open' AND p.id <> o.id
          AND (p.lease_until > ${machine}
            OR (p.not_before <= ${business} AND (p.expires_at IS NULL OR p.expires_at > ${business})
              AND (p.priority > o.priority OR (p.priority = o.priority AND p.id < o.id)))))
    ORDER BY o.priority DESC, o.id LIMIT ${limit} FOR UPDATE SKIP LOCKED
  )
  UPDATE outbox SET called_at = ${machine}, lease_until = ${new Date(machine.getTime() + LEASE_MS)}, attempts = attempts + 1, retry_at = NULL
  FROM due WHERE outbox.id = due.id
  RETURNING outbox.id, kind, key, lane, payload, trace, attempts, created_at, due.called_at IS NOT NULL AS unknown`

/** What was not said in time is not said at all. */
export const expireOverdue = (db: Db, { business, machine }: Times): Promise<number> => db.$executeRaw`
  UPDATE outbox SET state = 'expired', done_at = ${business}, reason = '过期未发'
  WHERE state = 'open' AND expires_at <= ${business} AND (lease_until IS NULL OR lease_until <= ${machine})`
