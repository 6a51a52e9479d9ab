import { MOST_ABOVE, MOST_COLUMNS } from './limits.js'

/** By what words a kind of list is understood: of customers, of products, of prices. */
export type Words<Field extends string> = {
  /** Headers as lists out there name them, the surest first. A header counts when it is one of them, then when it holds one. */
  headers: Record<Field, string[]>
  /** In which order a header that only holds a word is asked: the broad words come last. */
  bySureness: NoInfer<Field>[]
  /** Headers that hold a word of ours and mean something else. */
  never: RegExp
  /** A header may mean something else after all: what has to stand below it. */
  readable: [NoInfer<Field>, (cell: string) => boolean][]
  /** What the headers leave open is looked for by what stands in the columns. */
  looks: [NoInfer<Field>, (cell: string) => boolean][]
  /** Of those: not below a header of its own, a short word may be anything. */
  bareOnly: NoInfer<Field>[]
}
type Columns<Field extends string> = Record<Field, number | null>

export type Table = {
  headers: string[] /** The first line of data, as the file counts: from 1. */
  firstLine: number
  rows: string[][]
}

const SAMPLE = 200

/** Where the headers are: titles may stand above them, and a bare list has none. */
export function findTable<Field extends string>(rows: string[][], words: Words<Field>): Table {
  const wide = rows.slice(0, 1_000).reduce((most, row) => Math.max(most, lengthOf(row)), 0)
  const width = Math.min(wide, MOST_COLUMNS)
  const isOurs = (cell: string) => exactField(cell, words) !== null || looseField(cell, words) !== null
  const scores = rows.slice(0, MOST_ABOVE).map((row) => row.filter((cell) => cell && isOurs(cell)).length)
  const best = Math.max(0, ...scores)
  // One word alone may stand in a title; of two columns that we know, one line holds the headers.
  const at = best >= 2 || (best === 1 && width === 1) ? scores.indexOf(best) : bareHeader(rows)
  const headers = Array.from({ length: width }, (_, i) => (at < 0 ? '' : (rows[at]?.[i] ?? '')) || bare(i))
  return { headers, firstLine: at + 2, rows: rows.slice(at + 1) }
}

/** Lines that say something, numbered as the file counts. */
export const filledRows = ({ rows, firstLine }: Table): { cells: string[]; line: number }[] =>
  rows.flatMap((cells, i) => (cells.some(Boolean) ? [{ cells, line: firstLine + i }] : []))

const plainOf = (header: string) =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*:()]/g, '')

const fieldsOf = <Field extends string>(words: Words<Field>) => Object.keys(words.headers) as Field[]

/** What a header means by its very words; null: nothing of ours. */
const exactField = <Field extends string>(header: string, words: Words<Field>): Field | null =>
  fieldsOf(words).find((field) => words.headers[field].includes(plainOf(header))) ?? null

/** What it means by what it holds. */
function looseField<Field extends string>(header: string, words: Words<Field>): Field | null {
  const plain = plainOf(header)
  if (plain.length > 12 || words.never.test(plain)) return null
  return words.bySureness.find((field) => words.headers[field].some((word) => word.length >= 2 && plain.includes(word))) ?? null
}

/** A first line without anything that looks like data, above lines that have some. */
function bareHeader(rows: string[][]): number {
  const looks = (row: string[] | undefined) => (row ?? []).some((cell) => /\d{4,}/.test(cell))
  const filled = rows.findIndex((row) => row.filter(Boolean).length >= 2)
  return filled >= 0 && !looks(rows[filled]) && looks(rows[filled + 1]) ? filled : -1
}

/** Which column is which: by the headers, then, for what they leave open, by what stands in the columns. */
export function guessColumns<Field extends string>({ headers, rows }: Table, words: Words<Field>): Columns<Field> {
  const guessed = Object.fromEntries(fieldsOf(words).map((field) => [field, null])) as Columns<Field>
  const sample = rows.slice(0, SAMPLE)
  for (const read of [exactField, looseField])
    for (const [i, header] of headers.entries()) {
      const field = read(header, words)
      if (!field || Object.values(guessed).includes(i)) continue
      const before = guessed[field]
      // Of two that could be it, 「手机」 and 「电话」, the fuller one; what says so exactly stays.
      const isFuller = read === exactField && before !== null && share(sample, i, Boolean) > 2 * share(sample, before, Boolean)
      if (before === null || isFuller) guessed[field] = i
    }
  for (const [field, isOne] of words.readable) {
    const at = guessed[field]
    if (at !== null && sample.some((row) => row[at]) && shareOfFilled(sample, at, isOne) < 0.3) guessed[field] = null
  }
  const free = () => headers.map((_, i) => i).filter((i) => !Object.values(guessed).includes(i))
  for (const [field, isOne] of words.looks) {
    if (guessed[field] !== null) continue
    guessed[field] = free().reduce<number | null>((top, i) => {
      if (words.bareOnly.includes(field) && !isBare(headers[i])) return top
      const its = shareOfFilled(sample, i, isOne)
      return its >= 0.6 && (top === null || its > shareOfFilled(sample, top, isOne)) ? i : top
    }, null)
  }
  return guessed
}

const bare = (i: number) => `第 ${i + 1} 列`
/** Its column has no header of its own. */
export const isBare = (header = '') => /^第 \d+ 列$/.test(header)

const lengthOf = (row: string[]) => row.findLastIndex(Boolean) + 1

function share(rows: string[][], i: number, test: (cell: string) => boolean): number {
  return rows.length === 0 ? 0 : rows.filter((row) => test(row[i] ?? '')).length / rows.length
}

/** Of the cells in a column that say something: how many are such, 0 to 1. */
export function shareOfFilled(rows: string[][], i: number, test: (cell: string) => boolean): number {
  const filled = rows.map((row) => row[i] ?? '').filter(Boolean)
  return filled.length === 0 ? 0 : filled.filter(test).length / filled.length
}
