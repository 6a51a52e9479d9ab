import type { Reader } from '../../lib/db.js'
import { pictureType } from '../../lib/picture-type.js'

export type PictureSize = 'whole' | 'small'
export type FoundPicture = { type: string; data: Uint8Array; width: number; height: number }

/**
 * Its bytes; null: there is none. Dropped ones too: quotes that were sent show them. Width and height are the whole one's; the
 * small one has the same shape. A picture never changes: whoever has it may keep it.
 */
export async function getPicture(db: Reader, id: string, size: PictureSize): Promise<FoundPicture | null> {
  const found = await db.productPicture.findUnique({
    where: { id },
    select: { type: true, width: true, height: true, data: size === 'whole', small: size === 'small' },
  })
  if (!found) return null
  const data = (size === 'small' ? found.small : found.data) as Uint8Array
  return { type: pictureType(data) ?? found.type, data, width: found.width, height: found.height }
}
