import type { Reader } from '../../lib/db.js'
import { MOST_PARAMS, type ProductInput } from '../product/product.contract.js'
import { findKnownProducts, groupBy, type KnownProduct, keyOf } from './find-known-products.js'
import { mergeProduct, type ProductValues, type ReadingProducts, readProductRow } from './read-product-row.js'

export type ListRow = { id: string; line: number; cells: string[] }
export type Planned = {
  id: string
  error: string | null
  /** The product of ours that it is; null: a new one. */
  productId: string | null
  /** As it will stand; null: nothing comes of this row. */
  after: ProductInput | null
  isSame: boolean
}

/** What each line would come to, as the catalogue stands now. A line whose turn comes later is not helped by one before it. */
export async function planProducts(db: Reader, rows: ListRow[], reading: ReadingProducts): Promise<Planned[]> {
  const read = rows.map((row) => ({ ...row, ...readProductRow(row.cells, reading) }))
  const matchOf = await findKnownProducts(
    db,
    read.map(({ values }) => values),
  )
  const twins = twinsOf(read)
  const claimed = new Set<string>()
  return read.map(({ id, line, values, error }) => {
    const found = matchOf(values)
    // Of two codes with one name, a product without a code can be one only: the other is new.
    const known = found && found !== 'several' && claimed.has(found.id) ? null : found
    const nothing = { id, productId: known && known !== 'several' ? known.id : null, after: null, isSame: false }
    const errors = [error, twins.get(line), ...whatIsWrong(known, values)].filter((words) => typeof words === 'string')
    if (errors.length > 0 || known === 'several') return { ...nothing, error: errors.join('；') }
    const after = mergeProduct(known, values, reading.defaultUnit)
    if (after.params.length > MOST_PARAMS) return { ...nothing, error: `参数超过 ${MOST_PARAMS} 个` }
    if (known) claimed.add(known.id)
    return { ...nothing, error: null, after, isSame: known !== null && isSameProduct(known, after) }
  })
}

function whatIsWrong(known: KnownProduct | 'several' | null, { name, code }: ProductValues): string[] {
  if (known === 'several') return ['有几个产品都叫这个，请加上货号']
  return !known && !name && code ? ['没有这个货号的产品，新产品要有名称'] : []
}

/** One product is one line: of two with the same code the first counts, and a name without a code has to be the only one. */
function twinsOf(rows: { line: number; values: ProductValues }[]): Map<number, string> {
  const wrong = new Map<number, string>()
  const named = rows.filter(({ values }) => values.name)
  const sameCode = groupBy(
    rows.filter(({ values }) => values.code),
    ({ values }) => values.code ?? '',
  )
  for (const [first, ...others] of sameCode.values())
    for (const other of others) wrong.set(other.line, `货号和第 ${first?.line} 行的一样`)
  for (const [first, ...others] of groupBy(named, ({ values }) => keyOf(values)).values())
    for (const row of [...others, ...(others.length > 0 && first ? [first] : [])]) {
      const other = row === first ? others[0] : first
      // The first of several bare names counts; beside one with a code nobody can say which is meant.
      const counts = row === first && others.every(({ values }) => !values.code)
      if (!row.values.code && !counts) wrong.set(row.line, `和第 ${other?.line} 行同名同规格，请加上货号`)
    }
  return wrong
}

const isSameProduct = (known: KnownProduct, after: ProductInput): boolean =>
  (Object.keys(after) as (keyof ProductInput)[]).every((key) => JSON.stringify(known[key]) === JSON.stringify(after[key]))
