import type { ProductBrief, ProductView } from '../../../../domain/product/product.contract.js'
import { formatBp, formatDecimal, priceUnits } from '../../../../lib/format/amount.js'

/** 「0.035 元/个」「1,280.00 元/套」; without one it is agreed on. */
export const priceWords = ({ price, unit }: Pick<ProductBrief, 'price' | 'unit'>): string =>
  price === null ? '面议' : `${formatDecimal(price, 2)} 元/${unit}`

/** Nothing where nobody counts. */
export const stockWords = ({ stock, unit }: Pick<ProductBrief, 'stock' | 'unit'>): string =>
  stock === null ? '' : /[1-9]/.test(stock) ? `库存 ${formatDecimal(stock)} ${unit}` : '没有库存'

/** What of the list price is left above the cost; null where one of both is unknown. */
export function marginWords({ price, cost }: Pick<ProductView, 'price' | 'cost'>): string | null {
  if (price === null || cost === null) return null
  const [of, left] = [priceUnits(price), priceUnits(price) - priceUnits(cost)]
  return formatBp(Number((left * 10_000n) / of))
}
