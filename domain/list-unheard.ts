import type { Reader } from '../lib/db.js'

const MARK = 'unknown-event:'
const LONGEST = 100

/** Why nothing was done with an inbox row: nobody here knows what it tells. */
export const unheardReason = (source: string, event: string): string => `${MARK}${source}:${event}`.slice(0, LONGEST)

export type Unheard = { source: string; event: string; count: number; lastAt: string }

/** What platforms told and nobody here understands, the newest first. The rows stay, so that a later version can read them. */
export async function listUnheard(db: Reader): Promise<Unheard[]> {
  // Raw: in these words it is the partial index that is read, however big the inbox is.
  const rows = await db.$queryRaw<{ reason: string; count: bigint; last: Date }[]>`
    SELECT reason, count(*) AS count, max(received_at) AS last FROM inbox
    WHERE state = 'done' AND reason IS NOT NULL AND reason LIKE 'unknown-event:%'
    GROUP BY reason ORDER BY last DESC LIMIT 50`
  return rows.map(({ reason, count, last }) => {
    const [source = '', ...event] = reason.slice(MARK.length).split(':')
    return { source, event: event.join(':'), count: Number(count), lastAt: last.toISOString() }
  })
}
