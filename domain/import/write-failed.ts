import * as XLSX from 'xlsx'
import type { Reader } from '../../lib/db.js'
import type { Secrets } from '../../lib/secret.js'
import type { Actor } from '../person/actor.js'
import { getImport } from './find-import.js'
import { headers, openCells } from './import-rules.js'

export const WHY = '没导入的原因'

/**
 * The rows that were not taken in, as a workbook of the same columns and one more that says why: mended there, it can be
 * brought again as it is. All cells are texts, so that a phone keeps its digits and nothing in it is a formula.
 */
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
  // What was exported once and comes back has the column already.
  const own = names.map((_, i) => i).filter((i) => names[i] !== WHY)
  const table = [
    [...own.map((i) => names[i] ?? ''), WHY],
    ...rows.map(({ cells, error }) => {
      const texts = openCells(secrets, cells)
      return [...own.map((i) => texts[i] ?? ''), error ?? '']
    }),
  ]
  const sheet = XLSX.utils.aoa_to_sheet(table.map((cells) => cells.map((text) => ({ t: 's', v: text, z: '@' }))))
  sheet['!cols'] = table[0]?.map((text) => ({ wch: text === WHY ? 48 : 18 })) ?? []
  const book = XLSX.utils.book_new(sheet, '没导入的')
  const file = XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
  return { fileName: `${kept.fileName.replace(/\.[^.]{1,5}$/, '')}-没导入的.xlsx`, file }
}
