import { expect, it } from 'vitest'
import * as XLSX from 'xlsx'
import { sha256 } from '../../lib/ids.js'
import { HEAD, useImports } from '../../test/factories/imports.js'
import { at, DAY, inWork, NOW } from '../../test/factories/work.js'
import { createImport } from './create-import.js'
import { WHY } from './failed-book.js'
import { forgetImports } from './forget-imports.js'
import { openFile } from './open-file.js'
import { takeIn } from './take-in.js'
import { listImportRows } from './view-import.js'
import { writeFailed } from './write-failed.js'

const { db, lina, secrets, brings, view, starts, runs, takes, customer, counts } = useImports()

it('says before anything is taken in what each row will be, and what is wrong with it', async () => {
  const before = await counts()
  const id = await brings([
    ['临江五金', '陈七', '13700000001', '王磊', 'A级', '2026-03-05', '1.2万'],
    ['华强五金', '周八', '021-66668888', '', '', '', ''],
    ['', '', '13700000002', '', '', '', ''],
    ['东湖机电', '赵九', '12345', '张三丰', 'VIP', '2027-01-01', '不少'],
  ])
  const { counts: found, sample, columns, owners, state } = await view(id)
  expect(state).toBe('preview')
  expect(columns).toMatchObject({ company: 0, contact: 1, phone: 2, owner: 3, tier: 4, lastOrderOn: 5, owed: 6 })
  expect(found).toEqual({ rows: 4, errors: 2, newCustomers: 1, knownRows: 1, matched: 0, done: 0 })
  expect(sample[0]).toMatchObject({
    line: 2,
    company: '临江五金',
    phones: ['137****0001'],
    owner: '王磊',
    tier: 'A',
    owedFen: 1_200_000,
    error: null,
  })
  expect(sample[1]).toMatchObject({ isKnown: true, owner: '李娜' })
  expect(sample[2]?.error).toBe('公司和联系人都是空的')
  expect(sample[3]?.error).toBe(
    '电话不是有效的手机号，也不是带区号的座机；没有叫「张三丰」的同事；等级只认 A、B、C；最后进货是将来的日子；欠款不是一个金额',
  )
  expect(owners).toEqual([{ name: '张三丰', rows: 1, personId: null }])
  expect(await counts()).toEqual(before)
  const kept = await db().customerImportRow.findMany({ where: { importId: id } })
  expect(JSON.stringify(kept)).not.toMatch(/1370000|陈七/)
})

it('takes the good rows in, completes what we have, and hands back the others with the reason beside them', async () => {
  await db().customer.updateMany({
    where: { name: '华强五金' },
    data: { tier: 'B', lastOrderOn: new Date('2026-05-01'), owedFen: 5n },
  })
  const owner = (await customer('华强五金'))?.owner.name
  const id = await takes([
    ['滨海建材有限公司', '孙一', '13711110001/13711110002', '王磊', 'A', '2026-03-05', '1234.5'],
    ['滨海建材', '孙二', '13711110003', '', 'C', '2026-04-05', ''],
    ['华强五金', '新来的', '13711110004', '何平', 'A', '2026-04-01', '99'],
    ['只有公司的店', '', '', '', '', '', ''],
    ['', '散客老吴', '13711110005', '', '', '', ''],
    ['坏行', '', 'x', '', '', '', ''],
  ])
  expect(await customer('滨海建材有限公司')).toMatchObject({
    source: 'import',
    owner: { name: '王磊' },
    tier: 'A',
    lastOrderOn: new Date('2026-04-05'),
    owedFen: 123_450n,
    contacts: [{ name: '孙一', phones: [{ source: 'import' }, {}] }, { name: '孙二' }],
  })
  const known = await customer('华强五金')
  expect(known).toMatchObject({ owner: { name: owner }, tier: 'B', lastOrderOn: new Date('2026-05-01'), owedFen: 9_900n })
  expect(known?.contacts.map((one) => one.name)).toContain('新来的')
  expect((await customer('只有公司的店'))?.contacts).toEqual([])
  expect((await customer('散客老吴'))?.contacts).toMatchObject([{ name: '散客老吴' }])
  const after = await view(id)
  expect(after).toMatchObject({ state: 'done', counts: { rows: 6, errors: 1, done: 5 } })
  expect((await listImportRows(db(), lina(), { id, secrets, now: NOW, show: 'errors', after: 0 })).rows).toMatchObject([
    { line: 7 },
  ])

  const { fileName, file } = await writeFailed(db(), lina(), { id, secrets })
  expect(fileName).toBe('客户-没导入的.xlsx')
  const back = await openFile(file)
  expect(back.rows).toEqual([
    [...HEAD, WHY],
    ['坏行', '', 'x', '', '', '', '', '电话不是有效的手机号，也不是带区号的座机'],
  ])
  // Phones are found by their hash, and stand nowhere as they are.
  const [phone] = await db().contactPhone.findMany({ where: { hash: secrets.hash('13711110003') } })
  expect(secrets.open(phone?.sealed ?? '')).toBe('13711110003')
  const cells = await db().customerImportRow.findMany({ where: { importId: id, doneAt: { not: null } } })
  expect(cells.every((row) => JSON.stringify(row.cells) === '{}')).toBe(true)
})

it('the same file twice, and the same companies in another file, make nothing twice', async () => {
  const rows = [
    ['南山电器', '钱一', '13722220001', '王磊', 'A', '', ''],
    ['南山电器', '钱二', '', '', '', '', ''],
    ['西郊五金', '', '', '', '', '', ''],
  ]
  const first = await takes(rows)
  const after = await counts()
  const second = await brings(rows)
  expect((await view(second)).twin).toMatchObject({ id: first, by: '李娜' })
  expect((await view(second)).counts).toMatchObject({ newCustomers: 0, knownRows: 3, errors: 0 })
  await starts(second)
  await runs()
  await takes([
    ['南山电器有限公司', '钱一', '', '', '', '', ''],
    ['南山 电器', '', '13722220001', '', '', '', ''],
  ])
  expect(await counts()).toEqual(after)
})

it('a worker that dies in between doubles nothing and loses nothing, wherever that was', async () => {
  const rows = Array.from({ length: 7 }, (_, i) => [`断电${i}号店`, `店长${i}`, `1373333000${i}`, '', '', '', ''])
  const id = await brings(rows)
  await starts(id)
  const before = await counts()
  for (let batch = 0; batch < 3; batch += 1) {
    const known = { byKey: new Map<string, string>(), newest: null }
    const dies = inWork(db(), async (work) => {
      await takeIn(work, id, { secrets, known, limit: 2 })
      throw new Error('the power went')
    })
    await expect(dies).rejects.toThrow('the power went')
    await inWork(db(), (work) => takeIn(work, id, { secrets, known: { byKey: new Map(), newest: null }, limit: 2 }))
  }
  expect((await view(id)).counts.done).toBe(6)
  // Two workers at once: one goes on behind the other.
  await Promise.all([runs(), runs()])
  expect(await view(id)).toMatchObject({ state: 'done', counts: { done: 7, errors: 0 } })
  const after = await counts()
  expect({ customers: after.customers - before.customers, contacts: after.contacts - before.contacts }).toEqual({
    customers: 7,
    contacts: 7,
  })
})

it('a row that the database refuses does not hold up the others', async () => {
  const id = await brings([
    ['好店一', '', '', '', '', '', ''],
    ['坏店', '', '', '', '', '', ''],
    ['好店二', '', '', '', '', '', ''],
  ])
  await starts(id)
  await db().$executeRaw`ALTER TABLE customer ADD CONSTRAINT test_bad CHECK (name <> '坏店')`
  await runs()
  await db().$executeRaw`ALTER TABLE customer DROP CONSTRAINT test_bad`
  expect(await view(id)).toMatchObject({ state: 'done', counts: { done: 2, errors: 1 } })
  expect(await customer('好店二')).not.toBe(null)
})

it('what nobody decided about is forgotten after a month, and what failed after three', async () => {
  const id = await brings([['没人管的店', '', '', '', '', '', '']])
  const failed = await takes([
    ['好店三', '', '', '', '', '', ''],
    ['坏店三', '', 'x', '', '', '', ''],
  ])
  const rows = (of: string) => db().customerImportRow.count({ where: { importId: of } })
  await inWork(db(), forgetImports, at(29 * DAY))
  expect([await rows(id), await rows(failed)]).toEqual([1, 2])
  await inWork(db(), forgetImports, at(31 * DAY))
  expect([await rows(id), await rows(failed)]).toEqual([0, 2])
  expect((await view(id)).state).toBe('dropped')
  await inWork(db(), forgetImports, at(91 * DAY))
  expect(await rows(failed)).toBe(1)
})

it('3,000 rows of an .xlsx are looked over and taken in', async () => {
  const table = [
    HEAD,
    ...Array.from({ length: 3_000 }, (_, i) => [`大单${i}号公司`, `经理${i}`, 15_000_000_000 + i, '王磊', 'B', '2026-03-05', i]),
  ]
  const file = XLSX.write(XLSX.utils.book_new(XLSX.utils.aoa_to_sheet(table)), {
    type: 'buffer',
    bookType: 'xlsx',
    compression: true,
  }) as Buffer
  const sheet = await openFile(file)
  const { id } = await inWork(db(), (work) =>
    createImport(work, lina(), { fileName: '大.xlsx', hash: sha256(file), sheet, secrets }),
  )
  expect((await view(id)).counts).toMatchObject({ rows: 3_000, errors: 0, newCustomers: 3_000 })
  await starts(id)
  await runs()
  expect(await view(id)).toMatchObject({ state: 'done', counts: { done: 3_000 } })
})
