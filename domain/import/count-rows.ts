import type { Reader } from '../../lib/db.js'

/** One look at the rows of one import. */
export async function countRows(db: Reader, id: string) {
  const [found] = await db.$queryRaw<{ rows: number; errors: number; knownRows: number; matched: number; done: number }[]>`
    SELECT count(*)::int AS rows, count(error)::int AS errors, count(done_at)::int AS done,
      count(*) FILTER (WHERE error IS NULL AND customer_id IS NOT NULL AND done_at IS NULL)::int AS "knownRows",
      count(matched_contact_id)::int AS matched
    FROM customer_import_row WHERE import_id = ${id}::uuid`
  return found ?? { rows: 0, errors: 0, knownRows: 0, matched: 0, done: 0 }
}
