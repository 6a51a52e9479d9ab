import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as XLSX from 'xlsx'
import { runImports } from '../../jobs/run-imports.js'
import { type Bells, createBells } from '../../lib/bells.js'
import { createClock } from '../../lib/clock.js'
import { newId, sha256 } from '../../lib/ids.js'
import { createLive, type Live } from '../../lib/live.js'
import { type Cast, createCast } from '../../test/factories/cast.js'
import { keepLog } from '../../test/factories/log.js'
import { at, DAY, inWork, NOW } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'
import { contactSecrets, keepPhones, sealPhone } from '../contact/contact-phones.js'
import type { Actor } from '../person/actor.js'
import { chooseColumns, refuseMatch } from './choose-columns.js'
import { createImport } from './create-import.js'
import { forgetImports } from './forget-imports.js'
import type { Columns } from './import.contract.js'
import { listMatches } from './list-matches.js'
import { openFile } from './open-file.js'
import { dropImport, startImport } from './start-import.js'
import { takeIn } from './take-in.js'
import { listImportRows, viewImport } from './view-import.js'
import { WHY, writeFailed } from './write-failed.js'

const dataKey = randomBytes(32).toString('hex')
const secrets = contactSecrets(dataKey)
let database: Awaited<ReturnType<typeof freshDb>>
let cast: Cast
let lina: Actor
const { log } = keepLog()
let redis: FreshRedis
let bells: Bells
let live: Live
beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  bells = createBells(redis.url, log)
  live = createLive(redis.url, log)
  cast = await createCast(database.db)
  lina = await cast.actor('lina')
})
afterAll(async () => {
  await bells.close()
  live.close()
  await Promise.all([database.close(), redis.stop()])
})

const HEAD = ['公司', '联系人', '电话', '归属', '等级', '最后进货', '欠款']
const csv = (rows: string[][]) => Buffer.from([HEAD, ...rows].map((row) => row.join(',')).join('\n'))
async function brings(rows: string[][], by = lina): Promise<string> {
  const file = csv(rows)
  const sheet = await openFile(file)
  const brought = { fileName: '客户.csv', hash: sha256(file), sheet, secrets }
  return (await inWork(database.db, (work) => createImport(work, by, brought))).id
}
const view = (id: string) => viewImport(database.db, lina, { id, secrets, now: NOW })
const starts = (id: string) => inWork(database.db, (work) => startImport(work, lina, id))
const deps = () => ({
  db: database.db,
  clock: createClock({ production: true, machineNow: () => NOW }),
  bells,
  live,
  log,
  dataKey,
})
const runs = async () => {
  while ((await database.db.customerImport.count({ where: { state: 'running' } })) > 0) await runImports(deps())
}
async function takes(rows: string[][]): Promise<string> {
  const id = await brings(rows)
  await starts(id)
  await runs()
  return id
}
const customer = (name: string) =>
  database.db.customer.findFirst({
    where: { name },
    include: { owner: true, contacts: { include: { phones: true, identities: true }, orderBy: { createdAt: 'asc' } } },
  })
const counts = async () => ({
  customers: await database.db.customer.count(),
  contacts: await database.db.contact.count(),
  phones: await database.db.contactPhone.count(),
})
/** Somebody that 王磊 has in WeCom, without a company of ours. */
async function inWecom(name: string, more: { phone?: string; corpName?: string; remark?: string } = {}): Promise<string> {
  const id = newId()
  const { phone, corpName = null, remark = null } = more
  await database.db.contact.create({ data: { id, name, corpName, createdAt: NOW } })
  const identity = { platform: 'wecom', organisation: 'ww', kind: 'external', value: `wo${id}`, contactId: id }
  await database.db.identity.create({ data: { id: newId(), ...identity } })
  await database.db.follow.create({ data: { contactId: id, personId: await cast.personId('wanglei'), since: NOW, remark } })
  const sealed = phone ? sealPhone(secrets, phone) : null
  if (sealed) await inWork(database.db, (work) => keepPhones(work, { contactId: id, phones: [sealed], source: 'remark' }))
  return id
}

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
  const kept = await database.db.customerImportRow.findMany({ where: { importId: id } })
  expect(JSON.stringify(kept)).not.toMatch(/1370000|陈七/)
})

it('takes the good rows in, completes what we have, and hands back the others with the reason beside them', async () => {
  await database.db.customer.updateMany({
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
  expect((await listImportRows(database.db, lina, { id, secrets, now: NOW, show: 'errors', after: 0 })).rows).toMatchObject([
    { line: 7 },
  ])

  const { fileName, file } = await writeFailed(database.db, lina, { id, secrets })
  expect(fileName).toBe('客户-没导入的.xlsx')
  const back = await openFile(file)
  expect(back.rows).toEqual([
    [...HEAD, WHY],
    ['坏行', '', 'x', '', '', '', '', '电话不是有效的手机号，也不是带区号的座机'],
  ])
  // Phones are found by their hash, and stand nowhere as they are.
  const [phone] = await database.db.contactPhone.findMany({ where: { hash: secrets.hash('13711110003') } })
  expect(secrets.open(phone?.sealed ?? '')).toBe('13711110003')
  const cells = await database.db.customerImportRow.findMany({ where: { importId: id, doneAt: { not: null } } })
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
    const dies = inWork(database.db, async (work) => {
      await takeIn(work, id, { secrets, known, limit: 2 })
      throw new Error('the power went')
    })
    await expect(dies).rejects.toThrow('the power went')
    await inWork(database.db, (work) => takeIn(work, id, { secrets, known: { byKey: new Map(), newest: null }, limit: 2 }))
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
  await database.db.$executeRaw`ALTER TABLE customer ADD CONSTRAINT test_bad CHECK (name <> '坏店')`
  await runs()
  await database.db.$executeRaw`ALTER TABLE customer DROP CONSTRAINT test_bad`
  expect(await view(id)).toMatchObject({ state: 'done', counts: { done: 2, errors: 1 } })
  expect(await customer('好店二')).not.toBe(null)
})

describe('who is in WeCom already', () => {
  it('is shown before they join: by phone, or by company and name; and never two for one', async () => {
    const byPhone = await inWecom('微信上的老孟', { phone: '13744440001' })
    const byName = await inWecom('小顾', { remark: '西湖灯饰-顾敏' })
    await inWecom('小顾甲', { corpName: '北山门业', remark: '甲' })
    await inWecom('小顾甲', { corpName: '北山门业' })
    const refused = await inWecom('别人', { phone: '13744440003' })
    const rows = [
      ['孟家五金', '孟总', '13744440001', '', '', '', ''],
      ['西湖灯饰', '顾敏', '13744440002', '', '', '', ''],
      ['北山门业', '小顾甲', '', '', '', '', ''],
      ['共用电话的店', '张', '13744440003', '', '', '', ''],
    ]
    const id = await brings(rows)
    const { matches } = await listMatches(database.db, lina, { id, secrets, now: NOW, after: 0 })
    expect(matches.map(({ company, name, why, reps }) => ({ company, name, why, reps }))).toEqual([
      { company: '孟家五金', name: '微信上的老孟', why: 'phone', reps: ['王磊'] },
      { company: '西湖灯饰', name: '小顾', why: 'name', reps: ['王磊'] },
      { company: '共用电话的店', name: '别人', why: 'phone', reps: ['王磊'] },
    ])
    await inWork(database.db, (work) => refuseMatch(work, lina, { id, rowId: matches[2]?.rowId ?? '' }))
    const opened = newId()
    await database.db.firstContact.create({
      data: { id: opened, contactId: byPhone, personId: await cast.personId('wanglei'), source: 'add', at: NOW, heardAt: NOW },
    })
    await starts(id)
    await runs()
    expect(await customer('孟家五金')).toMatchObject({ contacts: [{ id: byPhone, name: '微信上的老孟' }] })
    expect(await customer('西湖灯饰')).toMatchObject({ contacts: [{ id: byName, phones: [{ source: 'import' }] }] })
    expect(await customer('共用电话的店')).toMatchObject({ contacts: [{ name: '张' }] })
    expect(await database.db.contact.findUniqueOrThrow({ where: { id: refused } })).toMatchObject({ customerId: null })
    // A new contact who turns out to be on the list is no leak any more.
    const first = await database.db.firstContact.findUniqueOrThrow({ where: { id: opened } })
    expect(first).toMatchObject({ state: 'joined', closedById: lina.personId })
    const said = await database.db.auditEntry.findMany({ where: { verb: 'contact-joined' } })
    expect(said.map((entry) => entry.subject).sort()).toEqual([`contact:${byPhone}`, `contact:${byName}`].sort())
  })

  it('a number that is another customer’s stops the row, in the file and with us', async () => {
    await takes([['甲店', '甲', '13755550001', '', '', '', '']])
    const id = await brings([
      ['乙店', '乙', '13755550001', '', '', '', ''],
      ['丙店', '丙', '13755550002', '', '', '', ''],
      ['丁店', '丁', '13755550002', '', '', '', ''],
    ])
    expect((await view(id)).sample.map((row) => row.error)).toEqual([
      '这个电话的联系人已经在另一家客户名下',
      null,
      '电话和第 3 行的一样，公司却不同',
    ])
  })
})

describe('columns and people', () => {
  const columns: Columns = { company: 0, contact: 1, phone: 2, owner: 3, tier: null, lastOrderOn: null, owed: null }
  it('a name that is nobody’s is given to somebody once, for all its rows', async () => {
    const id = await brings([
      ['归属一店', '', '', '小王', '', '', ''],
      ['归属二店', '', '', '小王', '', '', ''],
    ])
    expect((await view(id)).counts.errors).toBe(2)
    const wanglei = await cast.personId('wanglei')
    const chosen = { columns, owners: { 小王: wanglei }, defaultOwnerId: lina.personId }
    await inWork(database.db, (work) => chooseColumns(work, lina, { id, secrets, ...chosen }))
    const after = await view(id)
    expect(after).toMatchObject({ counts: { errors: 0 }, owners: [{ name: '小王', rows: 2, personId: wanglei }] })
    await starts(id)
    await runs()
    expect(await customer('归属二店')).toMatchObject({ ownerId: wanglei })
    await expect(inWork(database.db, (work) => chooseColumns(work, lina, { id, secrets, ...chosen }))).rejects.toThrow(
      '已经开始导入',
    )
  })
  it('what makes no sense is refused', async () => {
    const id = await brings([['某店', '', '', '', '', '', '']])
    const choose = (wrong: Partial<Columns>, owners = {}) =>
      inWork(database.db, (work) =>
        chooseColumns(work, lina, { id, secrets, columns: { ...columns, ...wrong }, owners, defaultOwnerId: lina.personId }),
      )
    await expect(choose({ phone: 0 })).rejects.toThrow('同一列')
    await expect(choose({ phone: 40 })).rejects.toThrow('不在表里')
    await expect(choose({ company: null, contact: null })).rejects.toThrow('至少')
    await expect(choose({}, { 小王: newId() })).rejects.toThrow('已经不在了')
  })
  it('is for managers, and a list that is dropped is erased', async () => {
    const rep = await cast.actor('wanglei')
    await expect(brings([['某店', '', '', '', '', '', '']], rep)).rejects.toThrow('归经理和管理员')
    const id = await brings([['不要的店', '', '', '', '', '', '']])
    await inWork(database.db, (work) => dropImport(work, lina, id))
    expect(await database.db.customerImportRow.count({ where: { importId: id } })).toBe(0)
    await expect(starts(id)).rejects.toThrow('作废')
  })
})

it('what nobody decided about is forgotten after a month, and what failed after three', async () => {
  const id = await brings([['没人管的店', '', '', '', '', '', '']])
  const failed = await takes([
    ['好店三', '', '', '', '', '', ''],
    ['坏店三', '', 'x', '', '', '', ''],
  ])
  const rows = (of: string) => database.db.customerImportRow.count({ where: { importId: of } })
  await inWork(database.db, forgetImports, at(29 * DAY))
  expect([await rows(id), await rows(failed)]).toEqual([1, 2])
  await inWork(database.db, forgetImports, at(31 * DAY))
  expect([await rows(id), await rows(failed)]).toEqual([0, 2])
  expect((await view(id)).state).toBe('dropped')
  await inWork(database.db, forgetImports, at(91 * DAY))
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
  const { id } = await inWork(database.db, (work) =>
    createImport(work, lina, { fileName: '大.xlsx', hash: sha256(file), sheet, secrets }),
  )
  expect((await view(id)).counts).toMatchObject({ rows: 3_000, errors: 0, newCustomers: 3_000 })
  await starts(id)
  await runs()
  expect(await view(id)).toMatchObject({ state: 'done', counts: { done: 3_000 } })
})
