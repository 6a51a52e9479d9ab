import type { ProductBrief } from '../../../../domain/product/product.contract.js'
import type { DraftLine } from '../../../../domain/quote/quote.contract.js'
import { newRequestId } from '../../request-id.js'

/** A product as a line of a quote: what the customer reads of it is copied, no later change reaches it. */
export const lineOf = (product: ProductBrief): DraftLine => ({
  id: newRequestId(),
  productId: product.id,
  code: product.code,
  name: product.name,
  spec: product.spec,
  unit: product.unit,
  qty: '1',
  // Until the customer's own price has come.
  price: product.price ?? '0',
  gift: false,
  note: null,
  params: product.params,
  pictureId: product.pictureId,
})

/** Something that the catalogue doesn't have. */
export const blankLine = (name = ''): DraftLine => ({
  id: newRequestId(),
  productId: null,
  code: null,
  name,
  spec: null,
  unit: '个',
  qty: '1',
  price: '0',
  gift: false,
  note: null,
  params: [],
  pictureId: null,
})
