import { type Db, queryHot } from '../../lib/db.js'
import { createRush } from './rush.js'

export type NewInboxRow = { key: string; source: string; lane: string; body: string; trace: string }
type Waiting = { row: NewInboxRow; resolve: (fresh: boolean) => void; reject: (error: unknown) => void }

const MOST_AT_ONCE = 500
/** Statements under way at once: while one is written to disk, the next gathers and is sent. */
const MOST_FLUSHES = 3
/** Fewer wait for the one that is under way: a statement each would cost the database more than it saves anybody. */
const WORTH_ANOTHER = 16

export type StoreInbox = {
  /** True when the row is new, false when the same thing was heard before. Resolves after the commit. */
  (row: NewInboxRow): Promise<boolean>
  /** So many come that thinking should give way. */
  isRushed(): boolean
}

/**
 * Stores what was heard, durably, before the platform gets its 200. Callbacks that arrive while statements are under
 * way share the next one: under load that is a commit for dozens instead of a commit each.
 * Raw SQL with unnest past Prisma, which would take a third of what a server can hear (hot place one of three).
 */
export function createInboxStore(db: Db): StoreInbox {
  let waiting: Waiting[] = []
  let flushes = 0
  const lanesUnderWay = new Set<string>()
  const rush = createRush(() => performance.now())

  /** A lane that is being stored waits: the later row must not be seen before the earlier one. */
  function takeBatch(): Waiting[] {
    const batch: Waiting[] = []
    const left: Waiting[] = []
    for (const one of waiting) {
      const fits = batch.length < MOST_AT_ONCE && !lanesUnderWay.has(one.row.lane)
      ;(fits ? batch : left).push(one)
    }
    waiting = left
    for (const one of batch) lanesUnderWay.add(one.row.lane)
    return batch
  }

  async function flush() {
    flushes += 1
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) {
      try {
        const rows = batch.map((one) => one.row)
        const fresh = await insertInbox(db, rows)
        for (const one of batch) one.resolve(fresh.has(one.row))
      } catch (error) {
        for (const one of batch) one.reject(error)
      }
      for (const one of batch) lanesUnderWay.delete(one.row.lane)
    }
    flushes -= 1
  }

  const store = (row: NewInboxRow): Promise<boolean> =>
    new Promise((resolve, reject) => {
      rush.count()
      waiting.push({ row, resolve, reject })
      if (flushes === 0 || (flushes < MOST_FLUSHES && waiting.length >= WORTH_ANOTHER)) void flush()
    })
  return Object.assign(store, { isRushed: rush.isOn })
}

const insert = `
  WITH fresh AS (
    INSERT INTO inbox_key (key) SELECT k FROM unnest($1::text[]) AS k ORDER BY k
    ON CONFLICT DO NOTHING RETURNING key
  )
  INSERT INTO inbox (key, source, lane, body, trace)
  SELECT r.key, r.source, r.lane, r.body, r.trace
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
    WITH ORDINALITY AS r(key, source, lane, body, trace, n)
  JOIN fresh USING (key) ORDER BY r.n
  RETURNING key`

/** Inserts those whose key was never seen; returns the rows that went in. Keys in order, so that two servers never deadlock. */
async function insertInbox(db: Db, rows: NewInboxRow[]): Promise<Set<NewInboxRow>> {
  const byKey = new Map<string, NewInboxRow>()
  for (const row of rows) if (!byKey.has(row.key)) byKey.set(row.key, row)
  const distinct = [...byKey.values()]
  const column = (name: keyof NewInboxRow) => distinct.map((row) => row[name])
  const values = [column('key'), column('source'), column('lane'), column('body'), column('trace')]
  const stored = await queryHot<{ key: string }>(db, { name: 'store-inbox', text: insert, values })
  return new Set(stored.map(({ key }) => byKey.get(key)).filter((row) => row !== undefined))
}
