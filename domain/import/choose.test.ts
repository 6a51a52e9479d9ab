import { describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.js'
import { useImports } from '../../test/factories/imports.js'
import { inWork, NOW } from '../../test/factories/work.js'
import { chooseColumns, refuseMatch } from './choose-columns.js'
import type { Columns } from './import.contract.js'
import { listMatches } from './list-matches.js'
import { dropImport } from './start-import.js'

const { db, cast, lina, secrets, brings, view, starts, runs, takes, customer, inWecom } = useImports()

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
    const { matches } = await listMatches(db(), lina(), { id, secrets, now: NOW, after: 0 })
    expect(matches.map(({ company, name, why, reps }) => ({ company, name, why, reps }))).toEqual([
      { company: '孟家五金', name: '微信上的老孟', why: 'phone', reps: ['王磊'] },
      { company: '西湖灯饰', name: '小顾', why: 'name', reps: ['王磊'] },
      { company: '共用电话的店', name: '别人', why: 'phone', reps: ['王磊'] },
    ])
    await inWork(db(), (work) => refuseMatch(work, lina(), { id, rowId: matches[2]?.rowId ?? '' }))
    const opened = newId()
    await db().firstContact.create({
      data: { id: opened, contactId: byPhone, personId: await cast().personId('wanglei'), source: 'add', at: NOW, heardAt: NOW },
    })
    await starts(id)
    await runs()
    expect(await customer('孟家五金')).toMatchObject({ contacts: [{ id: byPhone, name: '微信上的老孟' }] })
    expect(await customer('西湖灯饰')).toMatchObject({ contacts: [{ id: byName, phones: [{ source: 'import' }] }] })
    expect(await customer('共用电话的店')).toMatchObject({ contacts: [{ name: '张' }] })
    expect(await db().contact.findUniqueOrThrow({ where: { id: refused } })).toMatchObject({ customerId: null })
    // A new contact who turns out to be on the list is no leak any more.
    const first = await db().firstContact.findUniqueOrThrow({ where: { id: opened } })
    expect(first).toMatchObject({ state: 'joined', closedById: lina().personId })
    const said = await db().auditEntry.findMany({ where: { verb: 'contact-joined' } })
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
    const wanglei = await cast().personId('wanglei')
    const chosen = { columns, owners: { 小王: wanglei }, defaultOwnerId: lina().personId }
    await inWork(db(), (work) => chooseColumns(work, lina(), { id, secrets, ...chosen }))
    const after = await view(id)
    expect(after).toMatchObject({ counts: { errors: 0 }, owners: [{ name: '小王', rows: 2, personId: wanglei }] })
    await starts(id)
    await runs()
    expect(await customer('归属二店')).toMatchObject({ ownerId: wanglei })
    await expect(inWork(db(), (work) => chooseColumns(work, lina(), { id, secrets, ...chosen }))).rejects.toThrow('已经开始导入')
  })
  it('what makes no sense is refused', async () => {
    const id = await brings([['某店', '', '', '', '', '', '']])
    const choose = (wrong: Partial<Columns>, owners = {}) =>
      inWork(db(), (work) =>
        chooseColumns(work, lina(), { id, secrets, columns: { ...columns, ...wrong }, owners, defaultOwnerId: lina().personId }),
      )
    await expect(choose({ phone: 0 })).rejects.toThrow('同一列')
    await expect(choose({ phone: 40 })).rejects.toThrow('不在表里')
    await expect(choose({ company: null, contact: null })).rejects.toThrow('至少')
    await expect(choose({}, { 小王: newId() })).rejects.toThrow('已经不在了')
  })
  it('is for managers, and a list that is dropped is erased', async () => {
    const rep = await cast().actor('wanglei')
    await expect(brings([['某店', '', '', '', '', '', '']], rep)).rejects.toThrow('归经理和管理员')
    const id = await brings([['不要的店', '', '', '', '', '', '']])
    await inWork(db(), (work) => dropImport(work, lina(), id))
    expect(await db().customerImportRow.count({ where: { importId: id } })).toBe(0)
    await expect(starts(id)).rejects.toThrow('作废')
  })
})
