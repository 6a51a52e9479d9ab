import * as z from 'zod/mini'
import { productColumns } from './product-import.contract.js'

/** What stands in `product_import.mapping`: what somebody chose, and what came of it at the last look. */
export const mapping = z.object({
  columns: productColumns,
  params: z.array(z.int()),
  defaultUnit: z.string(),
  plan: z.object({ fresh: z.int(), known: z.int(), same: z.int() }),
})
export type Mapping = z.infer<typeof mapping>

/** What stands in `product_import_row.cells`. Nothing personal is in a list of products: it is kept as it came. */
const cells = z.array(z.string())
export const cellsOf = (kept: unknown): string[] => cells.parse(kept)
