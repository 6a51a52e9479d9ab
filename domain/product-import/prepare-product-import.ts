import { Refused } from '../../lib/errors.js'
import { headers } from '../import/import-rules.js'
import type { Work } from '../work.js'
import { cellsOf, mapping } from './mapping.js'
import { planPrices } from './plan-prices.js'
import { type ListRow, planProducts } from './plan-products.js'
import type { ReadingProducts } from './read-product-row.js'

/** Looks at every row as it would be taken in by the columns chosen, and writes that down beside the rows; nothing else changes. */
export async function prepareProductImport(work: Work, importId: string): Promise<void> {
  const kept = await work.tx.productImport.findUniqueOrThrow({ where: { id: importId } })
  const chosen = mapping.parse(kept.mapping)
  const rows = await findListRows(work, importId)
  const plan = kept.bookId
    ? await planPrices(work.tx, rows, { bookId: kept.bookId, columns: chosen.columns })
    : productPlan(await planProducts(work.tx, rows, readingOf(kept)))
  await noteRows(work, plan.rows)
  const { fresh, known, same } = plan
  await work.tx.productImport.update({ where: { id: importId }, data: { mapping: { ...chosen, plan: { fresh, known, same } } } })
}

function productPlan(rows: Awaited<ReturnType<typeof planProducts>>) {
  const fine = rows.filter(({ after }) => after)
  const same = fine.filter((row) => row.isSame).length
  const fresh = fine.filter((row) => row.productId === null).length
  return { rows, same, fresh, known: fine.length - same - fresh }
}

/** Lines that were not taken in yet, in their order. */
export async function findListRows(work: Work, importId: string, limit?: number): Promise<ListRow[]> {
  const rows = await work.tx.productImportRow.findMany({
    where: { importId, doneAt: null, ...(limit === undefined ? {} : { error: null }) },
    orderBy: { line: 'asc' },
    ...(limit === undefined ? {} : { take: limit }),
    select: { id: true, line: true, cells: true },
  })
  return rows.map(({ id, line, cells }) => ({ id, line, cells: cellsOf(cells) }))
}

export function readingOf(kept: { headers: unknown; mapping: unknown }): ReadingProducts {
  const { columns, params, defaultUnit } = mapping.parse(kept.mapping)
  const { names } = headers.parse(kept.headers)
  return { columns, defaultUnit, params: params.map((at) => ({ at, name: paramName(names[at] ?? '') })) }
}

/** 「材质：」 is called 材质. */
export const paramName = (header: string) =>
  header
    .normalize('NFKC')
    .replace(/[\s:*]+/g, '')
    .slice(0, 40)

export async function noteRows(
  work: Work,
  rows: { id: string; error: string | null; productId: string | null }[],
  doneAt: Date | null = null,
): Promise<void> {
  await work.tx.$executeRaw`
    UPDATE product_import_row AS r SET error = v.error, product_id = v.product_id,
      done_at = CASE WHEN v.error IS NULL THEN ${doneAt}::timestamptz END
    FROM unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ error }) => error)}::text[],
      ${rows.map(({ productId }) => productId)}::uuid[]) AS v(id, error, product_id)
    WHERE r.id = v.id AND r.done_at IS NULL`
}

/** Prices go into a book that is there and not stopped. */
export async function assertBook(work: Work, bookId: string): Promise<void> {
  const book = await work.tx.priceBook.findUnique({ where: { id: bookId }, select: { stoppedAt: true } })
  if (!book || book.stoppedAt) throw new Refused('no-book', book ? '这个价格表已经停用' : '没有这个价格表', 404)
}
