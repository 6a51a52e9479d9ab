import type { Work } from '../../domain/work.js'
import { type Db, transact } from '../../lib/db.js'

/** 10:00 in Shanghai on a Monday, five working days ahead: when nothing else is said, it is now. */
export const NOW = new Date('2026-11-23T02:00:00Z')

/** So long after NOW. */
export const at = (ms: number, from = NOW): Date => new Date(from.getTime() + ms)
export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** One transaction at a chosen business time, committed when `act` returns. */
export const inWork = <T>(db: Db, act: (work: Work) => Promise<T>, now = NOW): Promise<T> =>
  transact(db, (tx) => act({ tx, now, trace: 'test', touched: new Set(), due: [], wake: [] }))
