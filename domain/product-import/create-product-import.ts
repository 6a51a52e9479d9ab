import { newId } from '../../lib/ids.js'
import { insertRows } from '../../lib/insert-rows.js'
import { record } from '../audit/record.js'
import { filledRows, findTable, guessColumns, isBare, shareOfFilled, type Table } from '../import/guess-columns.js'
import type { Sheet } from '../import/read-workbook.js'
import type { Actor } from '../person/actor.js'
import { MOST_PARAMS } from '../product/product.contract.js'
import type { Work } from '../work.js'
import { productWords } from './fields.js'
import { assertProductImporter, subjectOfProducts } from './find-product-import.js'
import { assertBook, paramName, planList } from './prepare-product-import.js'
import type { ProductColumns } from './product-import.contract.js'

type Brought = {
  fileName: string /** SHA-256 of the file. */
  hash: string
  sheet: Sheet /** Null: products. */
  bookId: string | null
}

/** Keeps what a file says, guesses its columns, and looks at every row. Nothing of it is sold before somebody says so. */
export async function createProductImport(
  work: Work,
  actor: Actor,
  { fileName, hash, sheet, bookId }: Brought,
): Promise<{ id: string }> {
  assertProductImporter(actor)
  if (bookId) await assertBook(work, bookId)
  const words = productWords(bookId ? 'prices' : 'products')
  const table = findTable(sheet.rows, words)
  const columns = guessColumns(table, words)
  const params = bookId ? [] : guessParams(table, columns)
  const id = newId()
  const filled = filledRows(table).map((row) => ({ id: newId(), ...row }))
  const headers = { sheet: sheet.name, firstLine: table.firstLine, names: table.headers }
  const mapping = { columns, params, defaultUnit: '个', plan: { fresh: 0, known: 0, same: 0 } }
  const plan = await planList(work.tx, { bookId, headers, mapping }, filled)
  await work.tx.productImport.create({
    data: {
      ...{ id, byId: actor.personId, fileName, hash, at: work.now, bookId, headers, state: 'preview' },
      mapping: { ...mapping, plan: plan.counts },
    },
  })
  await insertRows(work.tx, 'product_import_row', {
    id: { type: 'uuid', of: filled.map((row) => row.id) },
    import_id: { type: 'uuid', of: filled.map(() => id) },
    line: { type: 'int', of: filled.map(({ line }) => line) },
    cells: { type: 'jsonb', of: filled.map(({ cells }) => cells) },
    error: { type: 'text', of: plan.rows.map(({ error }) => error) },
    product_id: { type: 'uuid', of: plan.rows.map(({ productId }) => productId) },
  })
  const content = { rows: filled.length, bookId }
  await record(work, { actor: actor.personId, verb: 'catalogue-brought', subject: subjectOfProducts(id), content })
  return { id }
}

/** What has a header of its own and says something of every tenth product is taken for a parameter: 材质, 表面处理, 强度等级. */
function guessParams({ headers, rows }: Table, columns: ProductColumns): number[] {
  const used = Object.values(columns)
  const sample = rows.slice(0, 200)
  const isParam = (header: string, i: number) => {
    if (used.includes(i) || isBare(header) || NEVER.test(header) || !paramName(header)) return false
    const filled = sample.filter((row) => row[i]).length
    // What is different in every line and long is a description.
    return filled > 0 && filled * 10 >= sample.length && shareOfFilled(sample, i, (cell) => cell.length <= 40) >= 0.9
  }
  return headers.flatMap((header, i) => (isParam(header, i) ? [i] : [])).slice(0, MOST_PARAMS)
}
const NEVER = /价|金额|合计|小计|成本|税|折扣|日期|时间|备注|图片|链接|序号|条码|供应商|客户|库存|数量|^(?:no\.?|#|id)$|没导入/i
