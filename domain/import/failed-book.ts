import * as XLSX from 'xlsx'

export const WHY = '没导入的原因'

type Failed = { names: string[]; rows: { cells: string[]; error: string }[]; fileName: string }

/**
 * Rows that were not taken in, as a workbook of the same columns and one more that says why: mended there, it can be brought
 * again as it is. All cells are texts, so that a phone keeps its digits and nothing in it is a formula.
 */
export function writeFailedBook({ names, rows, fileName }: Failed): { fileName: string; file: Buffer } {
  // What was exported once and comes back has the column already.
  const own = names.map((_, i) => i).filter((i) => names[i] !== WHY)
  const table = [
    [...own.map((i) => names[i] ?? ''), WHY],
    ...rows.map(({ cells, error }) => [...own.map((i) => cells[i] ?? ''), error]),
  ]
  const sheet = XLSX.utils.aoa_to_sheet(table.map((cells) => cells.map((text) => ({ t: 's', v: text, z: '@' }))))
  sheet['!cols'] = table[0]?.map((text) => ({ wch: text === WHY ? 48 : 18 })) ?? []
  const book = XLSX.utils.book_new(sheet, '没导入的')
  const file = XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
  return { fileName: `${fileName.replace(/\.[^.]{1,5}$/, '')}-没导入的.xlsx`, file }
}
