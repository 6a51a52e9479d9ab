import * as XLSX from 'xlsx'
import { MOST_CELL, MOST_COLUMNS, MOST_LINES } from './limits.js'

export type Sheet = { name: string | null; rows: string[][]; more: boolean }

/**
 * The first sheet that people see and that has something in it. Every cell becomes the text that was meant: a phone that
 * Excel keeps as a number all its digits, a date its ISO day. Runs in a thread of its own (open-file.ts).
 */
export function readWorkbook(file: Buffer): Sheet {
  const book = XLSX.read(file, { dense: true, cellNF: true, cellHTML: false, cellFormula: false, sheetRows: MOST_LINES + 1 })
  const hidden = (name: string) => (book.Workbook?.Sheets?.find((sheet) => sheet.name === name)?.Hidden ?? 0) !== 0
  const date1904 = book.Workbook?.WBProps?.date1904 === true
  for (const name of book.SheetNames) {
    const sheet = book.Sheets[name]
    if (!sheet || hidden(name)) continue
    const data = ((sheet as { '!data'?: (XLSX.CellObject[] | undefined)[] })['!data'] ?? []) as (XLSX.CellObject[] | undefined)[]
    const rows = Array.from(data, (cells) => textsOf(cells ?? [], date1904))
    if (rows.some((row) => row.some(Boolean))) return { name, rows, more: rows.length > MOST_LINES }
  }
  return { name: null, rows: [], more: false }
}

const textsOf = (cells: (XLSX.CellObject | undefined)[], date1904: boolean) =>
  Array.from(cells.slice(0, MOST_COLUMNS), (cell) => (cell ? textOf(cell, date1904) : '').slice(0, MOST_CELL).trim())

function textOf(cell: XLSX.CellObject, date1904: boolean): string {
  const value = cell.v
  if (value === undefined || value === null || cell.t === 'e' || cell.t === 'z') return ''
  if (typeof value === 'number') return numberText(value, typeof cell.z === 'string' ? cell.z : '', date1904)
  if (typeof value === 'boolean') return value ? '是' : '否'
  return String(value)
}

function numberText(value: number, format: string, date1904: boolean): string {
  if (format && XLSX.SSF.is_date(format)) {
    const date = XLSX.SSF.parse_date_code(value, { date1904 })
    if (date?.y) return [date.y, date.m, date.d].map((part) => String(part).padStart(2, '0')).join('-')
  }
  // 1.38001380001E10 is a phone; sums keep what they have, without the tail that floats leave.
  return Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toPrecision(15)))
}
