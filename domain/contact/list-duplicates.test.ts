import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Prisma } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { coreOf } from '../first-contact/same-company.js'
import { contactVisibleTo } from '../person/actor.js'
import { companyCore } from './company-core.js'
import { findSame } from './find-same.js'
import { keepApart } from './keep-apart.js'
import { listApart, listDuplicates } from './list-duplicates.js'
import { mergeContacts } from './merge-contacts.js'
import { undoApart } from './undo-apart.js'
import { undoMerge } from './undo-merge.js'

let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
beforeAll(async () => {
  database = await freshDb()
  cast = await createCast(database.db)
})
afterAll(() => database.close())

type Known = { of: string; corpName?: string; phone?: string; provisional?: boolean; at?: Date }
/** A contact of somebody's; ids grow, so the newest is the last made. */
async function knows(name: string, { of, corpName, phone, provisional = false, at = NOW }: Known): Promise<string> {
  const id = newId()
  await cast.db.contact.create({ data: { id, name, provisional, corpName: corpName ?? null, createdAt: at } })
  await cast.db.follow.create({ data: { contactId: id, personId: await cast.personId(of), since: at, confirmedAt: at } })
  if (phone)
    await cast.db.contactPhone.create({
      data: { id: newId(), contactId: id, sealed: 'x', hash: phone, source: 'typed', createdAt: at },
    })
  return id
}

const pairsOf = async (userid: string, list = listDuplicates) => {
  const actor = await cast.actor(userid)
  const pairs: string[][] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof listDuplicates>> = await list(cast.db, actor, { after })
    pairs.push(...page.rows.map(({ a, b }) => [a.contactId, b.contactId]))
    after = page.next
  } while (after)
  return pairs
}

it('lists whom each chat would offer: the same number, the same name at the same company; the newest first', async () => {
  const [one, other] = [
    await knows('吴老板', { of: 'wanglei', phone: 'h1' }),
    await knows('吴建国', { of: 'wanglei', phone: 'h1' }),
  ]
  const [li, lee] = [
    await knows('Leo李', { of: 'wanglei', corpName: '华强五金有限公司' }),
    await knows('leo李', { of: 'wanglei', corpName: '华强·五金' }),
  ]
  await knows('Leo李', { of: 'wanglei', corpName: '远大机电' })
  await knows('Leo李', { of: 'wanglei' })
  await knows('微信用户', { of: 'wanglei', corpName: '华强五金', provisional: true })
  await knows('微信用户', { of: 'wanglei', corpName: '华强五金', provisional: true })
  const theirs = await knows('Leo李', { of: 'chenjing', corpName: '华强五金' })
  expect(await pairsOf('wanglei')).toEqual([
    [li, lee],
    [one, other],
  ])
  // A manager sees the colleague's too.
  expect(await pairsOf('lina')).toEqual([
    [lee, theirs],
    [li, theirs],
    [li, lee],
    [one, other],
  ])
  expect(await pairsOf('zhaoqiang')).toEqual([])
  const wanglei = await cast.actor('wanglei')
  const { rows } = await listDuplicates(cast.db, wanglei, { after: null })
  for (const { a, b, why } of rows) expect((await findSame(cast.db, wanglei, a.contactId)).rows).toMatchObject([{ ...b, why }])
})

it('不是同一个人 ends it for good and stands in a list of its own, until it is taken back; a merge ends it too', async () => {
  const wanglei = await cast.actor('wanglei')
  const [[a, b] = [], [one, other] = []] = (await pairsOf('wanglei')) as [string, string][]
  const two = { a: b ?? '', b: a ?? '' }
  for (const _ of [1, 2]) await inWork(cast.db, (work) => keepApart(work, wanglei, two))
  expect(await pairsOf('wanglei')).toEqual([[one, other]])
  expect(await pairsOf('wanglei', listApart)).toEqual([[a, b]])
  expect(await pairsOf('zhaoqiang', listApart)).toEqual([])
  await expect(inWork(cast.db, async (work) => undoApart(work, await cast.actor('chenjing'), two))).rejects.toMatchObject({
    status: 404,
  })
  for (const _ of [1, 2]) await inWork(cast.db, (work) => undoApart(work, wanglei, two))
  expect(await pairsOf('wanglei')).toEqual([
    [a, b],
    [one, other],
  ])
  expect(await pairsOf('wanglei', listApart)).toEqual([])

  const { mergeId } = await inWork(cast.db, (work) => mergeContacts(work, wanglei, { ...two, winner: null }))
  expect(await pairsOf('wanglei')).toEqual([[one, other]])
  // Parted again they were told apart, which is not taken back by accident.
  await inWork(cast.db, (work) => undoMerge(work, wanglei, mergeId), new Date(NOW.getTime() + 1))
  await inWork(cast.db, (work) => undoApart(work, wanglei, two))
  expect(await pairsOf('wanglei')).toEqual([[one, other]])
  expect(await pairsOf('wanglei', listApart)).toEqual([])
})

it('pages neither repeat nor lose a pair, where many share a number', async () => {
  const ids: string[] = []
  for (let i = 0; i < 12; i += 1) ids.push(await knows(`前台 ${i}`, { of: 'heping', phone: 'desk' }))
  const pairs = await pairsOf('heping')
  const mine = pairs.filter(([a]) => ids.includes(a ?? ''))
  expect(mine).toHaveLength((12 * 11) / 2)
  expect(new Set(mine.map(String)).size).toBe(66)
  await expect(listDuplicates(cast.db, await cast.actor('heping'), { after: 'x' })).rejects.toThrow('刷新')
})

it('sees exactly the contacts that the others see', async () => {
  const { contactsSeen } = await import('./contacts-seen.js')
  for (const userid of ['wanglei', 'chenjing', 'zhaoqiang', 'lina', 'heping']) {
    for (const roles of [undefined, ['lead' as const]]) {
      const actor = { ...(await cast.actor(userid)), ...(roles ? { roles } : {}) }
      const wanted = await cast.db.contact.findMany({
        where: contactVisibleTo(actor),
        select: { id: true },
        orderBy: { id: 'asc' },
      })
      expect(await cast.db.$queryRaw`SELECT c.id FROM contact c WHERE ${contactsSeen(actor)} ORDER BY c.id`).toEqual(wanted)
    }
  }
})

it('the database reads a company’s name as we do', async () => {
  const words = fc.constantFrom(
    '华强',
    '五金',
    '（深圳）',
    'ABC',
    'ａｂ',
    '集团',
    '股份',
    '责任',
    '有限',
    '公司',
    ' ',
    '·',
    '-',
    '。',
    '"',
    '【',
    'é',
  )
  const names = fc.array(
    fc.array(words, { minLength: 1, maxLength: 7 }).map((parts) => parts.join('')),
    { minLength: 30, maxLength: 30 },
  )
  await fc.assert(
    fc.asyncProperty(names, async (all) => {
      const rows = await cast.db.$queryRaw<{ core: string }[]>`
        SELECT ${companyCore(Prisma.sql`one.name`)} AS core FROM unnest(${all}::text[]) WITH ORDINALITY AS one(name, i) ORDER BY i`
      expect(rows.map(({ core }) => core)).toEqual(all.map(coreOf))
    }),
    { numRuns: 20 },
  )
})
