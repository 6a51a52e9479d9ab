import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { lockWrites } from '../product/lock-catalogue.js'
import type { ProductInput } from '../product/product.contract.js'
import { searchTextOf } from '../product/search-text.js'
import type { Work } from '../work.js'
import { subjectOfProducts } from './find-product-import.js'
import { mapping } from './mapping.js'
import { type NewPrice, planPrices } from './plan-prices.js'
import { planProducts } from './plan-products.js'
import { findListRows, noteRows, readingOf } from './prepare-product-import.js'

/**
 * Takes the next rows of an import in and returns how many were left before. All or nothing: whoever dies on the way has taken
 * none of them in, and the next run begins with the same rows. The catalogue is looked at again as it stands now; one list twice
 * makes nothing twice. Prices are taken in whole: the lines of one product belong together.
 */
export async function takeInCatalogue(work: Work, importId: string, limit: number): Promise<number> {
  await lockWrites(work)
  const kept = await work.tx.productImport.findUniqueOrThrow({ where: { id: importId } })
  if (kept.state !== 'running') return 0
  const { bookId } = kept
  const rows = await findListRows(work, importId, bookId ? 100_000 : limit)
  if (rows.length > 0 && bookId) {
    const plan = await planPrices(work.tx, rows, { bookId, columns: mapping.parse(kept.mapping).columns })
    await keepPrices(work, bookId, plan.prices)
    await noteRows(work, plan.rows, work.now)
  } else if (rows.length > 0) {
    const planned = await planProducts(work.tx, rows, readingOf(kept))
    const taken = planned.map((row) => ({ ...row, productId: row.productId ?? (row.after ? newId() : null) }))
    await keepProducts(
      work,
      taken.flatMap(({ after, productId, isSame }) => (after && productId && !isSame ? [{ id: productId, ...after }] : [])),
    )
    await noteRows(work, taken, work.now)
  }
  const left = bookId ? 0 : rows.length
  if (left < limit) {
    await work.tx.productImport.update({ where: { id: importId }, data: { state: 'done', doneAt: work.now } })
    const done = await work.tx.productImportRow.count({ where: { importId, doneAt: { not: null } } })
    await record(work, {
      actor: kept.byId,
      verb: 'catalogue-imported',
      subject: subjectOfProducts(importId),
      content: { rows: done, bookId },
    })
  }
  work.touched.add(subjectOfProducts(importId))
  return left
}

async function keepProducts(work: Work, products: ({ id: string } & ProductInput)[]): Promise<void> {
  const rows = products.map((one) => ({ ...one, search: searchTextOf(one) }))
  await work.tx.$executeRaw`
    INSERT INTO product (id, code, name, spec, unit, line, nicknames, search, price, cost, tax_bp, stock, stock_at, params, created_at, updated_at)
    SELECT v.id, v.code, v.name, v.spec, v.unit, v.line, v.nicknames, v.search, v.price, v.cost, v."taxBp", v.stock,
      CASE WHEN v.stock IS NOT NULL THEN ${work.now}::timestamptz END, v.params, ${work.now}::timestamptz, ${work.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v(id uuid, code text, name text, spec text, unit text, line text,
      nicknames text[], search text, price numeric, cost numeric, "taxBp" int, stock numeric, params jsonb)
    ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, spec = excluded.spec, unit = excluded.unit,
      line = excluded.line, nicknames = excluded.nicknames, search = excluded.search, price = excluded.price, cost = excluded.cost,
      tax_bp = excluded.tax_bp, stock = excluded.stock, params = excluded.params, updated_at = excluded.updated_at,
      stock_at = CASE WHEN product.stock IS DISTINCT FROM excluded.stock THEN excluded.stock_at ELSE product.stock_at END,
      version = product.version + 1`
}

/** The list takes the place of what the book said of these products; a margin that it does not name stays. */
async function keepPrices(work: Work, bookId: string, prices: NewPrice[]): Promise<void> {
  await work.tx.$executeRaw`
    INSERT INTO book_price (book_id, product_id, price, steps, margin_bp)
    SELECT ${bookId}::uuid, v."productId", v.price, v.steps, v."marginBp"
    FROM jsonb_to_recordset(${JSON.stringify(prices)}::jsonb) AS v("productId" uuid, price numeric, steps jsonb, "marginBp" int)
    ON CONFLICT (book_id, product_id) DO UPDATE SET price = excluded.price, steps = excluded.steps,
      margin_bp = coalesce(excluded.margin_bp, book_price.margin_bp)`
  await work.tx.priceBook.update({ where: { id: bookId }, data: { updatedAt: work.now, version: { increment: 1 } } })
}
