import { FIELDS, HEADERS } from './fields.js'
import type { Columns, Field } from './import.contract.js'
import { MOST_ABOVE, MOST_COLUMNS } from './limits.js'
import { isNothing, readDay, readMoney, readPhones, readTier } from './read-values.js'

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

/** What a header means: one of ours by its very words, or by what it holds; null: neither. */
const fieldOf = (header: string): Field | null => exactField(header) ?? looseField(header)

const plainOf = (header: string) =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*:()]/g, '')

const exactField = (header: string) => FIELDS.find((field) => HEADERS[field].includes(plainOf(header))) ?? null

function looseField(header: string): Field | null {
  const plain = plainOf(header)
  // 「客户编号」 and 「客户地址」 are no customers.
  if (plain.length > 12 || /编号|编码|代码|地址|备注|来源|类型|区域|地区|税号|邮箱|传真|生日|id$/.test(plain)) return null
  return BY_SURENESS.find((field) => HEADERS[field].some((word) => word.length >= 2 && plain.includes(word))) ?? null
}
/** 「客户联系人」 is a contact, 「客户等级」 a tier: the broad words come last. */
const BY_SURENESS: Field[] = ['phone', 'owner', 'tier', 'lastOrderOn', 'owed', 'contact', 'company']

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
  for (const read of [exactField, looseField])
    for (const [i, header] of headers.entries()) {
      const field = read(header)
      if (!field || Object.values(guessed).includes(i)) continue
      const before = guessed[field]
      // Of two that could be it, 「手机」 and 「电话」, the fuller one; what says so exactly stays.
      const isFuller = read === exactField && before !== null && share(sample, i, Boolean) > 2 * share(sample, before, Boolean)
      if (before === null || isFuller) guessed[field] = i
    }
  // A header may mean something else after all: 「类别」 with 零售 and 批发 in it is no tier of ours.
  for (const [field, isOne] of READABLE) {
    const at = guessed[field]
    if (at !== null && sample.some((row) => row[at]) && shareOfFilled(sample, at, isOne) < 0.3) guessed[field] = null
  }
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

const READABLE: [Field, (cell: string) => boolean][] = [
  ['tier', (cell) => readTier(cell) !== null],
  ['lastOrderOn', (cell) => readDay(cell) !== null],
  ['owed', (cell) => readMoney(cell) !== null || isNothing(cell)],
]

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
