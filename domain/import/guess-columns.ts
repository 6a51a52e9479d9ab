import { FIELDS, HEADERS } from './fields.js'
import type { Columns, Field } from './import.contract.js'
import { MOST_ABOVE, MOST_COLUMNS } from './limits.js'
import { readDay, readPhones, readTier } from './read-values.js'

export type Table = {
  headers: string[] /** The first line of data, as the file counts: from 1. */
  firstLine: number
  rows: string[][]
}

const SAMPLE = 200

/** Where the headers are: titles may stand above them, and a bare list has none. */
export function findTable(rows: string[][]): Table {
  const wide = rows.slice(0, 1_000).reduce((most, row) => Math.max(most, lengthOf(row)), 0)
  const width = Math.min(wide, MOST_COLUMNS)
  const scores = rows.slice(0, MOST_ABOVE).map((row) => row.filter((cell) => cell && fieldOf(cell) !== null).length)
  const best = Math.max(0, ...scores)
  // One word alone may stand in a title; of two columns that we know, one line holds the headers.
  const at = best >= 2 || (best === 1 && width === 1) ? scores.indexOf(best) : bareHeader(rows)
  const headers = Array.from({ length: width }, (_, i) => (at < 0 ? '' : (rows[at]?.[i] ?? '')) || bare(i))
  return { headers, firstLine: at + 2, rows: rows.slice(at + 1) }
}

/** Whom a header means; null: none of ours. */
function fieldOf(header: string): Field | null {
  const plain = header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*:()]/g, '')
  const exact = FIELDS.find((field) => HEADERS[field].includes(plain))
  if (exact) return exact
  if (plain.length > 12) return null
  return FIELDS_BY_SURENESS.find((field) => HEADERS[field].some((word) => word.length >= 2 && plain.includes(word))) ?? null
}
/** 「客户联系人」 is a contact, 「客户等级」 a tier: the broad words come last. */
const FIELDS_BY_SURENESS: Field[] = ['phone', 'owner', 'tier', 'lastOrderOn', 'owed', 'contact', 'company']

/** A first line without anything that looks like data, above lines that have some. */
function bareHeader(rows: string[][]): number {
  const looks = (row: string[] | undefined) => (row ?? []).some((cell) => /\d{4,}/.test(cell))
  const filled = rows.findIndex((row) => row.filter(Boolean).length >= 2)
  return filled >= 0 && !looks(rows[filled]) && looks(rows[filled + 1]) ? filled : -1
}

/** Which column is which: by the headers, then, for what they leave open, by what stands in the columns. */
export function guessColumns({ headers, rows }: Table, colleagues: string[]): Columns {
  const guessed = Object.fromEntries(FIELDS.map((field) => [field, null])) as Columns
  const sample = rows.slice(0, SAMPLE)
  headers.forEach((header, i) => {
    const field = fieldOf(header)
    // Of two that could be it, 「手机」 and 「电话」, the fuller one.
    if (field && (guessed[field] === null || share(sample, i, Boolean) > 2 * share(sample, guessed[field], Boolean)))
      guessed[field] = i
  })
  const names = new Set(colleagues)
  const free = () => headers.map((_, i) => i).filter((i) => !Object.values(guessed).includes(i))
  const looks: [Field, (cell: string) => boolean][] = [
    ['phone', (cell) => readPhones(cell).phones.length > 0],
    ['lastOrderOn', (cell) => readDay(cell) !== null],
    ['tier', (cell) => readTier(cell) !== null],
    ['owner', (cell) => names.has(cell)],
    ['company', (cell) => /(?:公司|厂|店|行|中心|部|集团|经营部|五金|机电|建材|贸易)$/.test(cell)],
    ['contact', (cell) => /^\p{Script=Han}{2,4}$/u.test(cell)],
  ]
  for (const [field, isOne] of looks) {
    if (guessed[field] !== null) continue
    const best = free().reduce<number | null>((top, i) => {
      // A short word under a header of its own may be anything.
      if (field === 'contact' && !isBare(headers[i])) return top
      const its = shareOfFilled(sample, i, isOne)
      return its >= 0.6 && (top === null || its > shareOfFilled(sample, top, isOne)) ? i : top
    }, null)
    guessed[field] = best
  }
  return guessed
}

const bare = (i: number) => `第 ${i + 1} 列`
const isBare = (header = '') => /^第 \d+ 列$/.test(header)

const lengthOf = (row: string[]) => row.findLastIndex(Boolean) + 1

function share(rows: string[][], i: number, test: (cell: string) => boolean): number {
  return rows.length === 0 ? 0 : rows.filter((row) => test(row[i] ?? '')).length / rows.length
}

function shareOfFilled(rows: string[][], i: number, test: (cell: string) => boolean): number {
  const filled = rows.map((row) => row[i] ?? '').filter(Boolean)
  return filled.length === 0 ? 0 : filled.filter(test).length / filled.length
}
