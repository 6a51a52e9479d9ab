import { readOffset } from '../lib/clock.js'
import type { Db } from '../lib/db.js'
import type { Live } from '../lib/live.js'

/** Somebody pushed the business clock: every page that is open counts by it and must fetch again. Never in production. */
export function createClockWatch({ db, live }: { db: Db; live: Live }): () => Promise<void> {
  let last: number | undefined
  return async () => {
    const offset = await readOffset(db)
    if (last !== undefined && offset !== last) live.tell(['clock'])
    last = offset
  }
}
