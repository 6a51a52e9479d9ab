import DataLoader from 'dataloader'
import type { Reader } from './db.js'

/** Rows by id, for all of these in one go; an id without a row is left out. */
type FindAll<Row> = (db: Reader, ids: string[]) => Promise<(Row & { id: string })[]>

/**
 * Look-ups of the same moment become one query. At a morning's hour cards leave by the hundred, and each is drawn by itself:
 * asked one by one, their look-ups cost more than everything else about them (npm run bench -- reminders). Nothing is kept:
 * the next moment asks again.
 */
export function lookUpTogether<Row extends object>(findAll: FindAll<Row>): (db: Reader, id: string) => Promise<Row | null> {
  const loaders = new WeakMap<Reader, DataLoader<string, Row | null>>()
  const loaderOf = (db: Reader) => {
    const load = async (ids: readonly string[]) => {
      const found = new Map((await findAll(db, [...new Set(ids)])).map((row) => [row.id, row]))
      return ids.map((id) => found.get(id) ?? null)
    }
    return new DataLoader<string, Row | null>(load, { cache: false, maxBatchSize: 500 })
  }
  return (db, id) => {
    const loader = loaders.get(db) ?? loaderOf(db)
    loaders.set(db, loader)
    return loader.load(id)
  }
}
