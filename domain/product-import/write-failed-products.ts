import type { Reader } from '../../lib/db.js'
import { writeFailedBook } from '../import/failed-book.js'
import { headers } from '../import/import-rules.js'
import type { Actor } from '../person/actor.js'
import { getProductImport } from './find-product-import.js'
import { cellsOf } from './mapping.js'

/** The rows that were not taken in, to be mended and brought again. */
export async function writeFailedProducts(db: Reader, actor: Actor, id: string): Promise<{ fileName: string; file: Buffer }> {
  const kept = await getProductImport(db, actor, id)
  const { names } = headers.parse(kept.headers)
  const rows = await db.productImportRow.findMany({
    where: { importId: id, error: { not: null } },
    orderBy: { line: 'asc' },
    select: { cells: true, error: true },
  })
  const failed = rows.map(({ cells, error }) => ({ cells: cellsOf(cells), error: error ?? '' }))
  return writeFailedBook({ names, rows: failed, fileName: kept.fileName })
}
