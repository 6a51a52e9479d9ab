import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { QuoteDraft } from './quote.contract.js'

/** A draft as it came from a page: products and pictures that it names are there, a picture is one of its product, ids are its own. */
export async function settleLines(db: Reader, draft: QuoteDraft): Promise<QuoteDraft> {
  const ids = draft.lines.flatMap(({ productId }) => productId ?? [])
  const products = await db.product.findMany({ where: { id: { in: ids } }, select: { id: true } })
  const known = new Set(products.map(({ id }) => id))
  const pictures = await db.productPicture.findMany({
    where: { id: { in: draft.lines.flatMap(({ pictureId }) => pictureId ?? []) } },
    select: { id: true, productId: true },
  })
  const productOf = new Map(pictures.map(({ id, productId }) => [id, productId]))
  if (new Set(draft.lines.map(({ id }) => id)).size !== draft.lines.length)
    throw new Refused('bad-input', '填写的内容不完整或格式不对，请检查后再试')
  const lines = draft.lines.map((line) => ({
    ...line,
    productId: line.productId && known.has(line.productId) ? line.productId : null,
    pictureId: line.pictureId && line.productId && productOf.get(line.pictureId) === line.productId ? line.pictureId : null,
  }))
  return { ...draft, lines }
}
