import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from '../../lib/db.js'
import { inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { ensurePerson } from '../person/identify.js'
import { spreadSync } from './spread-sync.js'

let db: Db
let close: () => Promise<void>
beforeAll(async () => {
  ;({ db, close } = await freshDb())
})
afterAll(() => close())

const spread = (run: string, userids: string[]) => inWork(db, (work) => spreadSync(work, { run, organisation: 'ww1', userids }))
const looks = (run: string) =>
  db.outbox.findMany({ where: { kind: 'list-contacts', key: { startsWith: `list-contacts:${run}:` } }, orderBy: { id: 'asc' } })

it('a company of six thousand connects in one transaction: each is met once, asked about once, and one after the other', async () => {
  const known = await inWork(db, (work) =>
    ensurePerson(work, { platform: 'wecom', organisation: 'ww1', kind: 'member', value: 'p7' }),
  )
  await spread('a', [...Array.from({ length: 6_000 }, (_, i) => `P${i}`), 'p9'])
  expect(await db.person.count()).toBe(6_000)
  expect(await db.identity.count({ where: { kind: 'member' } })).toBe(6_000)
  const rows = await looks('a')
  expect(rows).toHaveLength(6_000)
  expect(rows[7]).toMatchObject({ payload: { personId: known, run: 'a' }, notBefore: new Date(NOW.getTime() + 3_500) })
  expect(await db.outbox.count({ where: { kind: 'fetch-member' } })).toBe(6_000)
  expect(await db.person.count({ where: { name: 'P8' } })).toBe(1)
})

it('heard twice it is asked once, and the next look meets nobody anew', async () => {
  await spread('a', ['p1', 'p2'])
  await spread('b', ['P1', 'p2'])
  expect(await looks('a')).toHaveLength(6_000)
  expect(await looks('b')).toHaveLength(2)
  expect(await db.person.count()).toBe(6_000)
})

it('two processes that meet the same colleagues at the same moment make them once', async () => {
  const all = Array.from({ length: 400 }, (_, i) => `new${i}`)
  await Promise.all([spread('c', all), spread('d', all.toReversed())])
  expect(await db.person.count({ where: { name: { startsWith: 'new' } } })).toBe(400)
  expect(await looks('c')).toHaveLength(400)
  expect(await looks('d')).toHaveLength(400)
})
