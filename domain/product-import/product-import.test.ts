import { expect, it } from 'vitest'
import * as XLSX from 'xlsx'
import { useCatalogueImports } from '../../test/factories/catalogue-imports.js'
import { makeProduct } from '../../test/factories/products.js'
import { at, DAY, inWork } from '../../test/factories/work.js'
import { WHY } from '../import/failed-book.js'
import { openFile } from '../import/open-file.js'
import { searchProducts } from '../product/search-products.js'
import { getProduct } from '../product/view-product.js'
import { chooseProductColumns } from './choose-product-columns.js'
import { createProductImport } from './create-product-import.js'
import { forgetProductImports } from './forget-product-imports.js'
import { takeInCatalogue } from './take-in-catalogue.js'
import { listProductImportRows } from './view-product-import.js'
import { writeFailedProducts } from './write-failed-products.js'

const { db, cast, sunyue, view, brings, starts, runs, takes } = useCatalogueImports()
const HEAD = ['货号', '品名', '规格型号', '单位', '含税单价', '成本价', '税率', '库存', '俗称', '材质', '表面处理', '备注']
const byCode = async (code: string) => {
  const row = await db().product.findUniqueOrThrow({ where: { code } })
  return getProduct(db(), sunyue(), row.id)
}

it('says before anything is taken in what each row will be, and what is wrong with it', async () => {
  await makeProduct(db(), { name: '冲击钻', code: 'P-1', price: '899' })
  const before = await db().product.count()
  const id = await brings([
    ['2026 年产品目录'],
    HEAD,
    ['P-1', '冲击钻', '', '台', '￥999.00', '', '', '', '', '', '', ''],
    ['P-2', '自攻螺钉', 'ST3.5×16', '元/千只', '０．０３５元/只', '0.0281', '13%', '1,200', '木螺丝、自攻丝', '碳钢', '镀锌', ''],
    ['P-3', '', '', '', '5', '', '', '', '', '', '', ''],
    ['P-2', '重复', '', '', '5', '', '', '', '', '', '', ''],
    ['P-4', '坏的', '', 'xyz', '-5', '0', '200%', '-1', '', '', '', ''],
    ['', '', '', '', '5', '', '', '', '', '', '', ''],
    ['P-5', '小数太多', '', '个', '0.0000001', '', '', '', '', '', '', ''],
  ])
  const seen = await view(id)
  expect(seen).toMatchObject({
    state: 'preview',
    what: 'products',
    columns: { code: 0, name: 1, spec: 2, unit: 3, price: 4, cost: 5, tax: 6, stock: 7, nicknames: 8, line: null },
    params: [9, 10],
    counts: { rows: 7, errors: 5, fresh: 1, known: 1, same: 0, done: 0 },
  })
  expect(seen.sample.map((row) => [row.line, row.fresh, row.error])).toEqual([
    [3, false, null],
    [4, true, null],
    [5, false, '没有这个货号的产品，新产品要有名称'],
    [6, false, '货号和第 4 行的一样'],
    [7, false, '单位「xyz」看不懂，写成个、箱、千只这样；单价是负数；成本要大于 0；税率超过 100%；库存是负数'],
    [8, false, '名称和货号都是空的'],
    [9, false, '单价超过 6 位小数'],
  ])
  expect(seen.sample[1]).toMatchObject({
    title: '自攻螺钉 ST3.5×16',
    facts: 'P-2 · ¥0.035/千只 · 成本 ¥0.0281 · 税 13% · 库存 1,200 · 俗称 木螺丝、自攻丝 · 材质 碳钢 · 表面处理 镀锌',
  })
  expect(await db().product.count()).toBe(before)
})

it('takes the good rows in, with parameters, completes what we have, and the same list again changes nothing', async () => {
  const known = await makeProduct(db(), {
    name: '角磨机',
    code: 'Q-1',
    price: '300',
    cost: '200',
    params: [{ name: '功率', value: '850 W' }],
  })
  const bare = await makeProduct(db(), { name: '六角螺母', spec: 'M8' })
  const rows = [
    ['货号', '名称', '规格', '单位', '单价', '库存', '功率', '材质'],
    ['Q-1', '角磨机', '', '台', '320', '15', '900 W', '铝壳'],
    ['Q-2', '六角螺母', 'M8', '千只', '12.5', '', '', '304'],
    ['', '六角螺母', 'M10', '', '18', '', '', '304'],
    ['Q-3', '重型膨胀螺栓', 'M12', '个', '1.23456', '', '', '碳钢'],
  ]
  await takes(rows)
  expect(await getProduct(db(), sunyue(), known)).toMatchObject({
    ...{ price: '320', cost: '200', unit: '台', stock: '15', version: 2 },
    params: [
      { name: '功率', value: '900 W' },
      { name: '材质', value: '铝壳' },
    ],
  })
  // Whoever had no code yet has one now, and nothing is there twice.
  expect(await getProduct(db(), sunyue(), bare)).toMatchObject({ code: 'Q-2', unit: '千只', price: '12.5' })
  expect(await db().product.count({ where: { name: '六角螺母' } })).toBe(2)
  expect(await byCode('Q-3')).toMatchObject({ price: '1.23456', taxBp: 1300, version: 1 })
  expect(await searchProducts(db(), { query: 'zxpzls', take: 1 })).toMatchObject([{ code: 'Q-3' }])

  const again = await takes(rows)
  const seen = await view(again)
  expect(seen).toMatchObject({ state: 'done', counts: { rows: 4, errors: 0, same: 4, known: 0, fresh: 0, done: 4 } })
  expect(seen.twin).toMatchObject({ by: '孙悦' })
  expect((await getProduct(db(), sunyue(), known)).version).toBe(2)
})

it('columns are chosen anew, and what makes no sense is refused', async () => {
  const id = await brings([
    ['东西', '叫法', '多少钱'],
    ['扳手', '大扳手', '25'],
  ])
  const choose = (columns: object, more: object = {}) =>
    inWork(db(), (work) => chooseProductColumns(work, sunyue(), { id, columns, ...more }))
  await expect(choose({ name: 0, spec: 0 })).rejects.toMatchObject({ words: '同一列不能当两样用' })
  await expect(choose({ name: 3 })).rejects.toMatchObject({ code: 'bad-columns' })
  await expect(choose({ price: 2 })).rejects.toMatchObject({ words: '至少要选名称或货号那一列' })
  await choose({ name: 0, nicknames: 1, price: 2 }, { defaultUnit: '把', params: [] })
  expect((await view(id)).sample.slice(-1)).toMatchObject([
    { title: '扳手', facts: '¥25.00 · 俗称 大扳手', fresh: true, error: null },
  ])
  await starts(id)
  await expect(choose({ name: 0 })).rejects.toMatchObject({ code: 'wrong-state' })
  await runs()
  expect(await db().product.findFirst({ where: { name: '扳手' } })).toMatchObject({ unit: '把', nicknames: ['大扳手'] })
})

it('what was not taken in is handed back as texts, no formula among them, and can be brought again', async () => {
  const evil = `=HYPERLINK("http://x.example","看")`
  const id = await brings([
    HEAD,
    ['-2+3', '@SUM(A1)', '', '箱', '+1|cmd', '', '', '', '', evil, '', ''],
    ['H-1', '好的', '', '箱', '1', '', '', '', '', '', '', ''],
  ])
  const { file, fileName } = await writeFailedProducts(db(), sunyue(), id)
  expect(fileName).toBe('清单-没导入的.xlsx')
  const sheet = Object.values(XLSX.read(file, { cellFormula: true }).Sheets)[0] as XLSX.WorkSheet
  const cells = Object.entries(sheet).flatMap(([at, cell]) => (at.startsWith('!') ? [] : [cell as XLSX.CellObject]))
  expect(cells.some((cell) => cell.f !== undefined)).toBe(false)
  expect(cells.every((cell) => cell.t === 's')).toBe(true)
  expect(cells.map((cell) => cell.v)).toContain(evil)
  const back = await openFile(file)
  expect(back.rows[0]).toEqual([...HEAD, WHY])
  const again = await inWork(db(), (work) =>
    createProductImport(work, sunyue(), { fileName, hash: 'x', sheet: back, bookId: null }),
  )
  expect((await view(again.id)).params).not.toContain(HEAD.length)
})

it('a worker that dies in between doubles nothing, and a row that can not be kept does not hold up the others', async () => {
  const id = await brings([['货号', '名称'], ...Array.from({ length: 5 }, (_, i) => [`K-${i}`, `卡箍 ${i}`])])
  await starts(id)
  await expect(
    inWork(db(), async (work) => {
      await takeInCatalogue(work, id, 3)
      throw new Error('died')
    }),
  ).rejects.toThrow('died')
  expect(await db().product.count({ where: { code: { startsWith: 'K-' } } })).toBe(0)
  await db().$executeRaw`ALTER TABLE product ADD CONSTRAINT no_three CHECK (code <> 'K-3')`
  await runs()
  await db().$executeRaw`ALTER TABLE product DROP CONSTRAINT no_three`
  expect(await db().product.count({ where: { code: { startsWith: 'K-' } } })).toBe(4)
  expect(await view(id)).toMatchObject({ state: 'done', counts: { errors: 1, done: 4 } })
})

it('is for who answers for products; a rep sees nothing of it, and old lists are forgotten', async () => {
  const id = await brings([
    ['货号', '名称'],
    ['Z-1', '轴承'],
  ])
  const rep = await cast().actor('wanglei')
  await expect(listProductImportRows(db(), rep, { id, show: 'all', after: 0 })).rejects.toMatchObject({ code: 'not-allowed' })
  await inWork(db(), forgetProductImports, at(31 * DAY))
  expect((await view(id)).state).toBe('dropped')
  expect(await db().productImportRow.count({ where: { importId: id } })).toBe(0)
})
