import { isNothing } from '../import/read-values.js'
import { MOST_NICKNAMES, type ProductInput } from '../product/product.contract.js'
import type { Param } from '../quote/quote.contract.js'
import type { ProductColumns, ProductField } from './product-import.contract.js'
import { type Read, readNicknames, readPrice, readRate, readStock, readUnit } from './read-cells.js'

/** What one line says of a product. Null and empty: nothing, so that what stands there stays. */
export type ProductValues = {
  [Key in Exclude<keyof ProductInput, 'name' | 'nicknames' | 'params'>]: ProductInput[Key] | null
} & { name: string; nicknames: string[]; params: Param[] }

export type ReadingProducts = { columns: ProductColumns; params: { at: number; name: string }[]; defaultUnit: string }

const LONGEST = { name: 80, spec: 120, code: 60, line: 30, nickname: 20, param: 120 }

export const textAt = (cells: string[], columns: ProductColumns, field: ProductField): string => {
  const at = columns[field]
  const text = at === null || at === undefined ? '' : (cells[at] ?? '').replace(/\s+/g, ' ').trim()
  return isNothing(text) ? '' : text
}

/** What a line says, and what is wrong with it in words; null: it can be taken in. */
export function readProductRow(cells: string[], reading: ReadingProducts): { values: ProductValues; error: string | null } {
  const errors: string[] = []
  const text = (field: ProductField) => textAt(cells, reading.columns, field)
  const short = (field: ProductField, label: string, most: number) => {
    const said = text(field)
    if (said.length > most) errors.push(`${label}超过 ${most} 个字`)
    return said || null
  }
  const read = <T>(field: ProductField, label: string, reader: (cell: string) => Read<T>) => {
    const { value, wrong } = reader(text(field))
    if (wrong) errors.push(`${label}${wrong}`)
    return value
  }
  const params = reading.params.flatMap(({ at, name }) => {
    const value = (cells[at] ?? '').replace(/\s+/g, ' ').trim()
    return value && !isNothing(value) ? [{ name, value }] : []
  })
  const nicknames = readNicknames(text('nicknames'))
  const values: ProductValues = {
    code: short('code', '货号', LONGEST.code),
    name: short('name', '名称', LONGEST.name) ?? '',
    spec: short('spec', '规格', LONGEST.spec),
    unit: read('unit', '单位', readUnit),
    line: short('line', '产品线', LONGEST.line),
    nicknames,
    price: read('price', '单价', readPrice),
    cost: read('cost', '成本', readPrice),
    taxBp: read('tax', '税率', readRate),
    stock: read('stock', '库存', readStock),
    params,
  }
  if (!values.name && !values.code) errors.unshift('名称和货号都是空的')
  if (nicknames.length > MOST_NICKNAMES || nicknames.some((one) => one.length > LONGEST.nickname))
    errors.push(`俗称最多 ${MOST_NICKNAMES} 个，每个 ${LONGEST.nickname} 字以内`)
  if (params.some(({ value }) => value.length > LONGEST.param)) errors.push(`参数超过 ${LONGEST.param} 个字`)
  return { values, error: errors.length > 0 ? errors.join('；') : null }
}

/** The product as it stands after this line: what the line says takes the place of what stood there, the rest stays. */
export function mergeProduct(known: ProductInput | null, values: ProductValues, defaultUnit: string): ProductInput {
  const said = new Map(values.params.map(({ name, value }) => [name, value]))
  const kept = (known?.params ?? []).map(({ name, value }) => ({ name, value: said.get(name) ?? value }))
  const added = values.params.filter(({ name }) => !kept.some((one) => one.name === name))
  return {
    code: values.code ?? known?.code ?? null,
    name: values.name || (known?.name ?? ''),
    spec: values.spec ?? known?.spec ?? null,
    unit: values.unit ?? known?.unit ?? defaultUnit,
    line: values.line ?? known?.line ?? null,
    nicknames: values.nicknames.length > 0 ? values.nicknames : (known?.nicknames ?? []),
    price: values.price ?? known?.price ?? null,
    cost: values.cost ?? known?.cost ?? null,
    taxBp: values.taxBp ?? known?.taxBp ?? 1300,
    stock: values.stock ?? known?.stock ?? null,
    params: [...kept, ...added],
  }
}
