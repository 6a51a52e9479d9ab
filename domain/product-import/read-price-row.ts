import type { ProductColumns } from './product-import.contract.js'
import { readFromQty, readPrice, readRate } from './read-cells.js'
import { textAt } from './read-product-row.js'

/** What one line says of a price. `fromQty` null: whatever the quantity. */
export type PriceValues = {
  code: string | null
  name: string
  spec: string | null
  price: string | null
  fromQty: string | null
  marginBp: number | null
}

/** What a line says, and what is wrong with it in words; null: it can be taken in. */
export function readPriceRow(cells: string[], columns: ProductColumns): { values: PriceValues; error: string | null } {
  const [code, name, spec] = [textAt(cells, columns, 'code'), textAt(cells, columns, 'name'), textAt(cells, columns, 'spec')]
  const [price, from, margin] = [
    readPrice(textAt(cells, columns, 'price')),
    readFromQty(textAt(cells, columns, 'fromQty')),
    readRate(textAt(cells, columns, 'margin')),
  ]
  const errors = [
    !name && !code && '名称和货号都是空的',
    price.wrong ? `单价${price.wrong}` : price.value === null && '没有单价',
    from.wrong && `起订量${from.wrong}`,
    margin.wrong ? `最低毛利${margin.wrong}` : (margin.value ?? 0) > 9_900 && '最低毛利要低于 99%',
  ].filter((words) => typeof words === 'string')
  // From nothing, or from one on: that is everybody's price.
  const fromQty = from.value !== null && /^[01]$/.test(from.value) ? null : from.value
  const values = { code: code || null, name, spec: spec || null, price: price.value, fromQty, marginBp: margin.value }
  return { values, error: errors.length > 0 ? errors.join('；') : null }
}
