import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDb } from '../../lib/db.js'
import { inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { canonical, type Entry, record } from './record.js'
import { seal } from './seal.js'
import { verifyChain } from './verify.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.$executeRaw`TRUNCATE audit_entry, audit_content RESTART IDENTITY`
})

const entry = (n: number): Entry => ({
  actor: 'system',
  verb: 'tried',
  subject: `thing:${n}`,
  content: { n, words: { 话: '好', 次: 1 } },
})
const write = (...numbers: number[]) =>
  inWork(database.db, async (work) => {
    for (const n of numbers) await record(work, entry(n))
  })
const verify = () => verifyChain(database.db, 2)
/** What somebody with the database's own rights could do, past the triggers. */
const tamper = async (sql: string) => {
  await database.db.$executeRaw`ALTER TABLE audit_entry DISABLE TRIGGER ALL`
  await database.db.$executeRaw`ALTER TABLE audit_content DISABLE TRIGGER ALL`
  await database.db.$executeRawUnsafe(sql)
  await database.db.$executeRaw`ALTER TABLE audit_entry ENABLE TRIGGER ALL`
  await database.db.$executeRaw`ALTER TABLE audit_content ENABLE TRIGGER ALL`
}

describe('a record', () => {
  it('stands or falls with what it tells about', async () => {
    const failed = inWork(database.db, async (work) => {
      await record(work, entry(1))
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(await database.db.auditEntry.count()).toBe(0)
  })

  it('is hashed the same whatever order the database returns its keys in', () => {
    expect(canonical({ b: [1, { d: 1, c: undefined }], a: null })).toBe(canonical({ a: null, b: [1, { d: 1 }] }))
  })
})

describe('the chain', () => {
  it('links what is committed, once, and verifies over any number of batches', async () => {
    await write(1, 2, 3)
    expect(await seal(database.db)).toBe(3)
    await write(4, 5)
    expect(await seal(database.db)).toBe(2)
    expect(await seal(database.db)).toBe(0)
    expect(await verify()).toEqual({ ok: true, links: 5, erased: 0 })
  })

  it('takes an entry that commits late at its end, behind higher ids', async () => {
    const other = createDb(database.url, 2)
    let commit = () => {}
    const held = new Promise<void>((resolve) => {
      commit = resolve
    })
    let written = () => {}
    const first = new Promise<void>((resolve) => {
      written = resolve
    })
    const late = inWork(other, async (work) => {
      await record(work, entry(1))
      written()
      await held
    })
    await first
    await write(2)
    expect(await seal(database.db)).toBe(1)
    commit()
    await late
    expect(await seal(database.db)).toBe(1)
    const links = await database.db.auditEntry.findMany({ orderBy: { link: 'asc' }, select: { id: true, link: true } })
    expect(links.map((one) => one.id)).toEqual([2n, 1n])
    expect(await verify()).toEqual({ ok: true, links: 2, erased: 0 })
    await other.$disconnect()
  })

  it('is sealed by one at a time', async () => {
    await write(1, 2, 3, 4, 5, 6)
    const sealed = await Promise.all([seal(database.db), seal(database.db), seal(database.db)])
    expect(sealed.reduce((sum, one) => sum + one)).toBe(6)
    expect(await verify()).toMatchObject({ ok: true, links: 6 })
  })

  it('still verifies when content was erased by right, and says how much', async () => {
    await write(1, 2, 3)
    await seal(database.db)
    await database.db.auditContent.delete({ where: { entryId: 2n } })
    expect(await verify()).toEqual({ ok: true, links: 3, erased: 1 })
  })

  it.each([
    ['a changed actor', `UPDATE audit_entry SET actor = 'nobody' WHERE id = 2`, { ok: false, link: '2', why: 'link' }],
    ['a changed time', `UPDATE audit_entry SET at = at + interval '1 hour' WHERE id = 3`, { ok: false, link: '3', why: 'link' }],
    [
      'a hash made to fit itself only',
      `UPDATE audit_entry SET hash = repeat('0', 64) WHERE id = 1`,
      { ok: false, link: '1', why: 'link' },
    ],
    [
      'changed content',
      `UPDATE audit_content SET content = '{"n":9}' WHERE entry_id = 2`,
      { ok: false, link: '2', why: 'content' },
    ],
    ['an entry taken out', `DELETE FROM audit_entry WHERE id = 2`, { ok: false, link: '2', why: 'gap' }],
    ['a link that is gone', `UPDATE audit_entry SET link = 40 WHERE id = 2`, { ok: false, link: '2', why: 'gap' }],
  ])('shows %s', async (_what, sql, verdict) => {
    await write(1, 2, 3, 4)
    await seal(database.db)
    await tamper(sql)
    expect(await verify()).toEqual(verdict)
  })
})

describe('the database itself refuses', () => {
  it.each([
    ['to change an entry', `UPDATE audit_entry SET verb = 'x' WHERE id = 1`],
    ['to link an entry anew', `UPDATE audit_entry SET link = 9, hash = 'x' WHERE id = 1`],
    ['to delete an entry', `DELETE FROM audit_entry WHERE id = 1`],
    ['to change content', `UPDATE audit_content SET content = '{}' WHERE entry_id = 1`],
  ])('%s', async (_what, sql) => {
    await write(1)
    await seal(database.db)
    await expect(database.db.$executeRawUnsafe(sql)).rejects.toThrow(/never changed/)
  })
})
