import { MOST_CELL, MOST_COLUMNS, MOST_LINES } from './limits.js'

/**
 * A text file as Excel, WPS and old systems write it. UTF-8 and UTF-16 by their marks, UTF-8 where it is valid, else
 * GB18030, which contains GBK and GB2312: what a Chinese Excel saves as CSV.
 */
export function decodeText(file: Uint8Array): string {
  if (file[0] === 0xff && file[1] === 0xfe) return new TextDecoder('utf-16le').decode(file)
  if (file[0] === 0xfe && file[1] === 0xff) return new TextDecoder('utf-16be').decode(file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch {
    return new TextDecoder('gb18030').decode(file)
  }
}

/** RFC 4180, with commas, tabs or semicolons. Quotes may hold line breaks. Rows behind the limit are counted, not kept. */
export function parseCsv(text: string): { rows: string[][]; more: boolean } {
  const separator = separatorOf(text)
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const endCell = () => {
    if (row.length < MOST_COLUMNS) row.push(cell.slice(0, MOST_CELL).trim())
    cell = ''
  }
  const endRow = () => {
    endCell()
    rows.push(row)
    row = []
  }
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i] as string
    if (quoted) {
      if (char !== '"') cell += char
      else if (text[i + 1] === '"') {
        cell += '"'
        i += 1
      } else quoted = false
    } else if (char === '"' && cell.trim() === '') {
      quoted = true
      cell = ''
    } else if (char === separator) endCell()
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[i + 1] === '\n') i += 1
      endRow()
      if (rows.length > MOST_LINES) return { rows, more: true }
    } else cell += char
  }
  if (cell !== '' || row.length > 0) endRow()
  return { rows, more: rows.length > MOST_LINES }
}

/** The one that the first lines have most of, outside of quotes. */
function separatorOf(text: string): string {
  const head = text.slice(0, 4_000).replace(/"[^"]*"/g, '')
  const count = (mark: string) => head.split(mark).length
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}
