import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { headers } from '../import/import-rules.js'
import type { Work } from '../work.js'
import { cellsOf, mapping } from './mapping.js'
import { planPrices } from './plan-prices.js'
import { type ListRow, planProducts } from './plan-products.js'
import type { ReadingProducts } from './read-product-row.js'

type Kept = { bookId: string | null; headers: unknown; mapping: unknown }
type ListPlan = {
  rows: { id: string; error: string | null; productId: string | null }[]
  counts: { fresh: number; known: number; same: number }
}

/** What every row would come to by the columns chosen. Nothing is written. */
export async function planList(db: Reader, kept: Kept, rows: ListRow[]): Promise<ListPlan> {
  if (kept.bookId) {
    const { columns } = mapping.parse(kept.mapping)
    const { fresh, known, same, ...plan } = await planPrices(db, rows, { bookId: kept.bookId, columns })
    return { rows: plan.rows, counts: { fresh, known, same } }
  }
  const planned = await planProducts(db, rows, readingOf(kept))
  const fine = planned.filter(({ after }) => after)
  const same = fine.filter((row) => row.isSame).length
  const fresh = fine.filter((row) => row.productId === null).length
  return { rows: planned, counts: { fresh, same, known: fine.length - same - fresh } }
}

/** Looks at every row anew, and writes down beside the rows what has changed; nothing else changes. */
export async function prepareProductImport(work: Work, importId: string): Promise<void> {
  const kept = await work.tx.productImport.findUniqueOrThrow({ where: { id: importId } })
  const { rows, counts } = await planList(work.tx, kept, await findListRows(work, importId))
  await noteRows(work, rows)
  const after = { ...mapping.parse(kept.mapping), plan: counts }
  await work.tx.productImport.update({ where: { id: importId }, data: { mapping: after } })
}

/** Lines that were not taken in yet, in their order; with a limit only those that can be. */
export async function findListRows(work: Work, importId: string, limit: number | null = null): Promise<ListRow[]> {
  const rows = await work.tx.$queryRaw<{ id: string; line: number; cells: unknown }[]>`
    SELECT id, line, cells FROM product_import_row
    WHERE import_id = ${importId}::uuid AND done_at IS NULL AND (error IS NULL OR ${limit}::int IS NULL)
    ORDER BY line LIMIT ${limit}::int`
  return rows.map(({ id, line, cells }) => ({ id, line, cells: cellsOf(cells) }))
}

export function readingOf(kept: Pick<Kept, 'headers' | 'mapping'>): ReadingProducts {
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
    WHERE r.id = v.id AND r.done_at IS NULL
      AND (r.error IS DISTINCT FROM v.error OR r.product_id IS DISTINCT FROM v.product_id OR ${doneAt}::timestamptz IS NOT NULL)`
}

/** Prices go into a book that is there and not stopped. */
export async function assertBook(work: Work, bookId: string): Promise<void> {
  const book = await work.tx.priceBook.findUnique({ where: { id: bookId }, select: { stoppedAt: true } })
  if (!book || book.stoppedAt) throw new Refused('no-book', book ? '这个价格表已经停用' : '没有这个价格表', 404)
}
