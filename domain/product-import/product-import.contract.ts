import * as z from 'zod/mini'
import { importState } from '../import/import.contract.js'
import { MOST_PARAMS } from '../product/product.contract.js'

/** What somebody's list brings: the products themselves, or prices for products into one price book. */
export const what = z.enum(['products', 'prices'])
export type What = z.infer<typeof what>

/** What a column can mean. Prices know code, name, spec, price, fromQty and margin; products all but the last two. */
export const productField = z.enum([
  'code',
  'name',
  'spec',
  'unit',
  'line',
  'nicknames',
  'price',
  'cost',
  'tax',
  'stock',
  'fromQty',
  'margin',
])
export type ProductField = z.infer<typeof productField>

const column = z.int().check(z.minimum(0), z.maximum(59))
/** Column, from 0, of each field; null, or not there: the file has none. */
export const productColumns = z.partialRecord(productField, z.nullable(column))
export type ProductColumns = z.infer<typeof productColumns>
const paramColumns = z.array(column).check(z.maxLength(MOST_PARAMS))
const unit = z.string().check(z.trim(), z.minLength(1), z.maxLength(10))

export const productImportCounts = z.object({
  rows: z.int(),
  /** Can't be taken in as they stand. */
  errors: z.int(),
  /** Products, or prices, that we don't have yet, as planned; those that change; those that stay as they are. */
  fresh: z.int(),
  known: z.int(),
  same: z.int(),
  /** Rows taken in so far. */
  done: z.int(),
})
export type ProductImportCounts = z.infer<typeof productImportCounts>

/** One line of the file as it would be taken in. */
export const productImportRow = z.object({
  id: z.string(),
  line: z.int(),
  /** 「自攻螺钉 ST3.5×16」 */
  title: z.string(),
  /** The rest of it in one line of words. */
  facts: z.string(),
  /** We don't have this product, or no price of it in this book. */
  fresh: z.boolean(),
  error: z.nullable(z.string()),
  done: z.boolean(),
})
export type ProductImportRow = z.infer<typeof productImportRow>
export const productImportRows = z.object({ rows: z.array(productImportRow), next: z.nullable(z.int()) })
export type ProductImportRows = z.infer<typeof productImportRows>

export const productImportBrief = z.object({
  id: z.string(),
  what,
  /** Of prices: the book that they go into. */
  bookId: z.nullable(z.string()),
  bookName: z.nullable(z.string()),
  fileName: z.string(),
  at: z.string(),
  by: z.string(),
  state: importState,
  counts: productImportCounts,
})
export type ProductImportBrief = z.infer<typeof productImportBrief>
export const productImportList = z.object({ imports: z.array(productImportBrief) })
export type ProductImportList = z.infer<typeof productImportList>

export const productImportView = z.object({
  ...productImportBrief.shape,
  /** Name of the sheet, of a file that has several. */
  sheet: z.nullable(z.string()),
  headers: z.array(z.object({ name: z.string(), samples: z.array(z.string()) })),
  /** What a column may be said to mean, in this order. */
  fields: z.array(z.object({ field: productField, label: z.string(), must: z.boolean(), hint: z.nullable(z.string()) })),
  columns: productColumns,
  /** Columns that are taken over as parameters of the products, by their headers. */
  params: z.array(z.int()),
  /** Of new products where the file says none. */
  defaultUnit: z.string(),
  sample: z.array(productImportRow),
  /** The same file was taken in before. */
  twin: z.nullable(z.object({ id: z.string(), at: z.string(), by: z.string() })),
})
export type ProductImportView = z.infer<typeof productImportView>

export const productUploadQuery = z
  .object({
    requestId: z.uuid(),
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(120)),
    what,
    bookId: z.optional(z.uuid()),
  })
  .check(z.refine((query) => (query.what === 'prices') === (query.bookId !== undefined)))
export const productMappingInput = z.object({
  requestId: z.uuid(),
  columns: productColumns,
  params: z.optional(paramColumns),
  defaultUnit: z.optional(unit),
})
export type ProductMappingInput = Omit<z.infer<typeof productMappingInput>, 'requestId'>
