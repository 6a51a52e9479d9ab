import type { QuoteContent } from '../../domain/quote/quote.contract.js'
import type { Db } from '../../lib/db.js'

/** The small pictures of a quote's lines by id: 160 pixels are enough for a stamp of 40 points. */
export async function readPictures(db: Db, { lines }: QuoteContent): Promise<Record<string, Uint8Array>> {
  const ids = new Set(lines.flatMap(({ pictureId }) => pictureId ?? []))
  const rows = await db.productPicture.findMany({ where: { id: { in: [...ids] } }, select: { id: true, small: true } })
  return Object.fromEntries(rows.map(({ id, small }) => [id, small]))
}
