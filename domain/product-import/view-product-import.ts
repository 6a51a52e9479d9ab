import type { Reader } from '../../lib/db.js'
import { formatBp, formatDecimal } from '../../lib/format/amount.js'
import { type ImportState, importState } from '../import/import.contract.js'
import { headers } from '../import/import-rules.js'
import type { Actor } from '../person/actor.js'
import { fieldsOf } from './fields.js'
import { assertProductImporter, type FoundProductImport, getProductImport } from './find-product-import.js'
import { cellsOf, mapping } from './mapping.js'
import { readingOf } from './prepare-product-import.js'
import type {
  ProductImportBrief,
  ProductImportList,
  ProductImportRow,
  ProductImportRows,
  ProductImportView,
  What,
} from './product-import.contract.js'
import { type PriceValues, readPriceRow } from './read-price-row.js'
import { type ProductValues, readProductRow } from './read-product-row.js'

const SAMPLE = 12
const PAGE = 50
const MOST_LISTED = 20
const TAKEN: ImportState[] = ['running', 'done']

/** What a file holds, how its columns are understood, and what came of it. */
export async function viewProductImport(db: Reader, actor: Actor, id: string): Promise<ProductImportView> {
  const kept = await getProductImport(db, actor, id)
  const [head, chosen] = [headers.parse(kept.headers), mapping.parse(kept.mapping)]
  const first = await db.productImportRow.findMany({
    where: { importId: id },
    orderBy: { line: 'asc' },
    take: SAMPLE,
    select: { cells: true },
  })
  const texts = first.map(({ cells }) => cellsOf(cells))
  const twin = await db.productImport.findFirst({
    where: { hash: kept.hash, bookId: kept.bookId, id: { not: id }, state: { in: TAKEN } },
    orderBy: { at: 'desc' },
    select: { id: true, at: true, by: { select: { name: true } } },
  })
  const sample = await listProductImportRows(db, actor, { id, show: 'all', after: 0, take: SAMPLE })
  return {
    ...(await briefOf(db, kept)),
    sheet: head.sheet,
    headers: head.names.map((name, i) => ({ name, samples: samplesOf(texts.map((cells) => cells[i] ?? '')) })),
    fields: fieldsOf(whatOf(kept)),
    columns: chosen.columns,
    params: chosen.params,
    defaultUnit: chosen.defaultUnit,
    sample: sample.rows,
    twin: twin ? { id: twin.id, at: twin.at.toISOString(), by: twin.by.name } : null,
  }
}

/** The newest first: all of them, those of products, or those into one book. */
export async function listProductImports(
  db: Reader,
  actor: Actor,
  { what, bookId }: { what?: What | undefined; bookId?: string | undefined },
): Promise<ProductImportList> {
  assertProductImporter(actor)
  const of = what === 'products' ? { bookId: null } : what === 'prices' ? { bookId: { not: null } } : {}
  const kept = await db.productImport.findMany({
    where: { AND: [of, bookId ? { bookId } : {}] },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: MOST_LISTED,
    include: { by: { select: { name: true } } },
  })
  const imports = []
  for (const one of kept) imports.push(await briefOf(db, one))
  return { imports }
}

const whatOf = (kept: { bookId: string | null }): What => (kept.bookId ? 'prices' : 'products')

async function briefOf(db: Reader, kept: FoundProductImport): Promise<ProductImportBrief> {
  const { id, fileName, at, by, bookId } = kept
  const book = bookId ? await db.priceBook.findUnique({ where: { id: bookId }, select: { name: true } }) : null
  const [counted] = await db.$queryRaw<{ rows: number; errors: number; done: number }[]>`
    SELECT count(*)::int AS rows, count(error)::int AS errors, count(done_at)::int AS done
    FROM product_import_row WHERE import_id = ${id}::uuid`
  return {
    ...{ id, what: whatOf(kept), bookId, bookName: book?.name ?? null, fileName, at: at.toISOString(), by: by.name },
    state: importState.parse(kept.state),
    counts: { ...(counted ?? { rows: 0, errors: 0, done: 0 }), ...mapping.parse(kept.mapping).plan },
  }
}

/** Three that differ. */
const samplesOf = (cells: string[]) => [...new Set(cells.filter(Boolean))].slice(0, 3).map((cell) => cell.slice(0, 40))

type Asked = { id: string; show: 'all' | 'errors' /** Line; 0: from the start. */; after: number; take?: number }

/** Rows as they would be taken in, by line. */
export async function listProductImportRows(
  db: Reader,
  actor: Actor,
  { id, show, after, take = PAGE }: Asked,
): Promise<ProductImportRows> {
  const kept = await getProductImport(db, actor, id)
  const reading = readingOf(kept)
  const rows = await db.productImportRow.findMany({
    where: { importId: id, line: { gt: after }, ...(show === 'errors' ? { error: { not: null } } : {}) },
    orderBy: { line: 'asc' },
    take: take + 1,
  })
  const shown = rows.slice(0, take)
  const known = await findShown(
    db,
    kept.bookId,
    shown.flatMap(({ productId }) => productId ?? []),
  )
  const page = shown.map((row): ProductImportRow => {
    const cells = cellsOf(row.cells)
    const its = known.get(row.productId ?? '')
    const { values, facts } = kept.bookId
      ? saidOf(readPriceRow(cells, reading.columns), sayPrice)
      : saidOf(readProductRow(cells, reading), sayProduct)
    const named = values.name || its?.name || values.code || ''
    return {
      ...{ id: row.id, line: row.line, error: row.error, done: row.doneAt !== null },
      title: [named, values.spec ?? (values.name ? null : its?.spec)].filter(Boolean).join(' '),
      facts,
      fresh: row.error === null && row.doneAt === null && (kept.bookId ? !its?.priced : row.productId === null),
    }
  })
  return { rows: page, next: rows.length > take ? (page.at(-1)?.line ?? null) : null }
}

const saidOf = <T extends { name: string; code: string | null; spec: string | null }>(
  { values }: { values: T },
  say: (values: T) => (string | null | false)[],
) => ({ values, facts: say(values).filter(Boolean).join(' · ') })

const sayProduct = (one: ProductValues) => [
  one.code,
  one.price && `¥${formatDecimal(one.price, 2)}${one.unit ? `/${one.unit}` : ''}`,
  !one.price && one.unit,
  one.cost && `成本 ¥${formatDecimal(one.cost, 2)}`,
  one.taxBp !== null && `税 ${formatBp(one.taxBp)}`,
  one.stock && `库存 ${formatDecimal(one.stock)}`,
  one.line,
  one.nicknames.length > 0 && `俗称 ${one.nicknames.join('、')}`,
  ...one.params.slice(0, 4).map(({ name, value }) => `${name} ${value}`),
]

const sayPrice = (one: PriceValues) => [
  one.name ? one.code : null,
  one.fromQty && `${formatDecimal(one.fromQty)} 起`,
  one.price && `¥${formatDecimal(one.price, 2)}`,
  one.marginBp !== null && `最低毛利 ${formatBp(one.marginBp)}`,
]

async function findShown(db: Reader, bookId: string | null, ids: string[]) {
  const found = await db.product.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      name: true,
      spec: true,
      prices: { where: { bookId: bookId ?? '00000000-0000-0000-0000-000000000000' }, select: { bookId: true } },
    },
  })
  return new Map(found.map(({ id, name, spec, prices }) => [id, { name, spec, priced: prices.length > 0 }]))
}
