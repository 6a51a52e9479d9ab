import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from '../lib/db.js'
import { freshDb } from '../test/setup/db.js'
import { claimDue } from './claim.js'

let db: Db
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await freshDb())
})
afterAll(() => close())

const now = new Date('2026-11-23T02:00:00Z')
const claim = (limit: number) => claimDue(db, { business: now, machine: now }, limit)

it('after a quiet night thousands of lanes leave, though the database still believes that the table is empty', async () => {
  // Rows that come in a burst are in no statistics yet; a statement that is planned well for an empty table only would look
  // at every row for every row, and run into the limit of a transaction.
  await db.$executeRaw`ALTER TABLE outbox SET (autovacuum_enabled = false)`
  for (let i = 0; i < 8; i++) expect(await claim(64)).toEqual([])
  await db.$executeRaw`INSERT INTO outbox (kind, key, lane, payload, trace, not_before)
    SELECT 'send-card', 'card-' || i, 'person:' || md5(i::text), '{}', 't', ${now} FROM generate_series(1, 9000) i`
  await db.$executeRaw`INSERT INTO outbox (kind, key, lane, payload, trace, not_before, priority)
    SELECT 'set-badge', 'badge-' || i, 'badge:' || md5(i::text), '{}', 't', ${new Date(now.getTime() + 50_000)}, -1 FROM generate_series(1, 9000) i`
  const claimed = [...(await claim(256)), ...(await claim(256)), ...(await claim(256))]
  expect(new Set(claimed.map(({ lane }) => lane)).size).toBe(768)
})
