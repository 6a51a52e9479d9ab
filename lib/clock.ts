import type { Reader } from './db.js'

/**
 * Two clocks. Machine time (leases, retries, tokens, sessions) is `machineNow`. Business time (what is due, how long an
 * answer took, when a chat was) adds one offset that every process reads from the same row, that only moves forward, and
 * that production refuses: it is how the desk shows a week in a minute.
 */
export type Clock = {
  machineNow(): Date
  /** Business time. Reads the offset row, inside the caller's transaction when there is one. */
  now(db: Reader): Promise<Date>
}

export function createClock({
  production,
  machineNow = () => new Date(),
}: {
  production: boolean
  machineNow?: () => Date
}): Clock {
  if (production) return { machineNow, now: async () => machineNow() }
  return {
    machineNow,
    async now(db) {
      return new Date(machineNow().getTime() + (await readOffset(db)))
    },
  }
}

/** Milliseconds between business and machine time. */
export async function readOffset(db: Reader): Promise<number> {
  const row = await db.clockOffset.findUnique({ where: { id: 1 } })
  return Number(row?.offsetMs ?? 0)
}

/** Moves business time forward and returns the new offset. `ms` must be positive: the row refuses to go back. */
export async function advance(db: Reader, ms: number): Promise<number> {
  if (!(ms > 0)) throw new RangeError('the business clock only moves forward')
  const row = await db.clockOffset.update({ where: { id: 1 }, data: { offsetMs: { increment: Math.round(ms) } } })
  return Number(row.offsetMs)
}
