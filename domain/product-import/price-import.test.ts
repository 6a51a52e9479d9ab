import { expect, it } from 'vitest'
import { useCatalogueImports } from '../../test/factories/catalogue-imports.js'
import { makeProduct } from '../../test/factories/products.js'
import { inWork } from '../../test/factories/work.js'
import { createProductImport } from './create-product-import.js'

const { db, sunyue, view, brings, takes, makeBook } = useCatalogueImports()
const HEAD = ['货号', '品名', '规格', '起订量', '协议价', '最低毛利率']
const standing = async (bookId: string, productId: string) => {
  const row = await db().bookPrice.findUnique({ where: { bookId_productId: { bookId, productId } } })
  return row && { price: row.price?.toFixed() ?? null, steps: row.steps, marginBp: row.marginBp }
}

it('several lines of one product are its steps, and they count together or not at all', async () => {
  const [screw, nut, drill] = [
    await makeProduct(db(), { name: '自攻螺钉', code: 'A-1' }),
    await makeProduct(db(), { name: '六角螺母', spec: 'M8' }),
    await makeProduct(db(), { name: '冲击钻', code: 'A-3' }),
  ]
  await makeProduct(db(), { name: '两样的', code: 'B-1' })
  await makeProduct(db(), { name: '两样的', code: 'B-2' })
  const bookId = await makeBook('VIP 模板B')
  await db().bookPrice.create({ data: { bookId, productId: nut, price: '9', steps: [], marginBp: 2_000 } })
  const rows = [
    HEAD,
    ['A-1', '', '', '', '0.035', '20%'],
    ['A-1', '', '', '10,000 以上', '0.0312', ''],
    ['A-1', '', '', '≥1000', '0.033', ''],
    ['', '六角螺母', 'M8', '', '8.5', ''],
    ['A-3', '', '', '', '850', ''],
    ['A-3', '', '', '10', '八百', ''],
    ['', '没有的', '', '', '1', ''],
    ['', '两样的', '', '', '1', ''],
    ['A-9', '', '', '', '', ''],
  ]
  const id = await brings(rows, bookId)
  const seen = await view(id)
  expect(seen).toMatchObject({
    ...{ what: 'prices', bookName: 'VIP 模板B', columns: { code: 0, name: 1, spec: 2, fromQty: 3, price: 4, margin: 5 } },
    counts: { rows: 9, errors: 5, fresh: 1, known: 1, same: 0 },
  })
  expect(seen.sample.map((row) => row.error)).toEqual([
    ...[null, null, null, null],
    '同一产品的第 7 行有问题，一起改好再导',
    '单价不是一个价格',
    '没有这个产品，先在产品目录里建',
    '有几个产品都叫这个，请加上货号',
    '没有单价',
  ])
  expect(seen.sample[1]).toMatchObject({ title: '自攻螺钉', facts: '10,000 起 · ¥0.0312', fresh: true })
  expect(seen.sample[3]).toMatchObject({ title: '六角螺母 M8', fresh: false })

  const taken = await takes(rows, bookId)
  expect(await standing(bookId, screw)).toEqual({
    price: '0.035',
    marginBp: 2_000,
    steps: [
      { fromQty: '1000', price: '0.033' },
      { fromQty: '10000', price: '0.0312' },
    ],
  })
  expect(await standing(bookId, nut)).toEqual({ price: '8.5', steps: [], marginBp: 2_000 })
  expect(await standing(bookId, drill)).toBeNull()
  expect(await view(taken)).toMatchObject({ state: 'done', counts: { errors: 5, done: 4 } })

  // A newer list without steps takes the place of what stood there, and the same list again changes nothing.
  await takes([HEAD, ['A-1', '', '', '', '0.034', '']], bookId)
  expect(await standing(bookId, screw)).toEqual({ price: '0.034', steps: [], marginBp: 2_000 })
  expect((await view(await brings([HEAD, ['A-1', '', '', '', '0.0340', '']], bookId))).counts).toMatchObject({
    same: 1,
    known: 0,
  })
})

it('one step twice, or more at a higher price, is refused', async () => {
  await makeProduct(db(), { name: '垫圈', code: 'C-1' })
  await makeProduct(db(), { name: '卡簧', code: 'C-2' })
  const id = await brings(
    [
      HEAD,
      ['C-1', '', '', '100', '2', ''],
      ['C-1', '', '', '100.0', '3', ''],
      ['C-2', '', '', '', '2', ''],
      ['C-2', '', '', '500', '2.5', ''],
    ],
    await makeBook('标准价'),
  )
  expect((await view(id)).sample.map((row) => row.error)).toEqual([
    '同一产品的第 3 行有问题，一起改好再导',
    '和第 2 行是同一产品、同一起订量',
    '同一产品的第 5 行有问题，一起改好再导',
    '量更大，单价却比第 4 行的高',
  ])
})

it('a book that is stopped, or not there, takes nothing', async () => {
  const bookId = await makeBook('旧的')
  await db().priceBook.update({ where: { id: bookId }, data: { stoppedAt: new Date('2026-01-01') } })
  await expect(brings([HEAD], bookId)).rejects.toMatchObject({ code: 'no-book' })
  const sheet = { name: null, rows: [HEAD], more: false }
  const brought = { fileName: 'x', hash: 'x', sheet, bookId: '01a20312-a0c9-737c-a618-06710efd7a1b' }
  await expect(inWork(db(), (work) => createProductImport(work, sunyue(), brought))).rejects.toMatchObject({ code: 'no-book' })
})
