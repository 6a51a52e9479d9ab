import DataLoader from 'dataloader'
import type { Reader } from './db.js'

/** Rows by id, for all of these in one go; an id without a row is left out. `now`: the latest of those who ask. */
type FindAll<Row> = (db: Reader, ids: string[], now: Date) => Promise<(Row & { id: string })[]>
type LookUp<Row> = (db: Reader, id: string, now?: Date) => Promise<Row | null>
type Asked = { id: string; now: Date }

/**
 * Look-ups of the same moment become one query. At a morning's hour cards leave by the hundred, and each is drawn by itself:
 * asked one by one, their look-ups cost more than everything else about them (npm run bench -- reminders). Nothing is kept:
 * the next moment asks again.
 */
export function lookUpTogether<Row extends object>(findAll: FindAll<Row>): LookUp<Row> {
  const loaders = new WeakMap<Reader, DataLoader<Asked, Row | null>>()
  const loaderOf = (db: Reader) => {
    const load = async (asked: readonly Asked[]) => {
      const now = new Date(Math.max(...asked.map((one) => one.now.getTime())))
      const found = new Map((await findAll(db, [...new Set(asked.map(({ id }) => id))], now)).map((row) => [row.id, row]))
      return asked.map(({ id }) => found.get(id) ?? null)
    }
    return new DataLoader<Asked, Row | null>(load, { cache: false, maxBatchSize: 500 })
  }
  return (db, id, now = new Date(0)) => {
    const loader = loaders.get(db) ?? loaderOf(db)
    loaders.set(db, loader)
    return loader.load({ id, now })
  }
}
