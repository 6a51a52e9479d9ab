import type { Reader } from '../../lib/db.js'
import type { Secrets } from '../../lib/secret.js'
import type { Actor } from '../person/actor.js'
import { writeFailedBook } from './failed-book.js'
import { getImport } from './find-import.js'
import { headers, openCells } from './import-rules.js'

/** The rows that were not taken in, to be mended and brought again. */
export async function writeFailed(
  db: Reader,
  actor: Actor,
  { id, secrets }: { id: string; secrets: Secrets },
): Promise<{ fileName: string; file: Buffer }> {
  const kept = await getImport(db, actor, id)
  const { names } = headers.parse(kept.headers)
  const rows = await db.customerImportRow.findMany({
    where: { importId: id, error: { not: null } },
    orderBy: { line: 'asc' },
    select: { cells: true, error: true },
  })
  const failed = rows.map(({ cells, error }) => ({ cells: openCells(secrets, cells), error: error ?? '' }))
  return writeFailedBook({ names, rows: failed, fileName: kept.fileName })
}
