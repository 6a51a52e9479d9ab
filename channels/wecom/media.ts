import * as z from 'zod'
import type { Wecom } from './client.js'

const answer = z.object({ media_id: z.string().min(1), created_at: z.coerce.number() })
const ends: Record<string, string> = { 'image/png': 'png', 'image/jpeg': 'jpg' }

/** So long the platform keeps what was uploaded, in ms. */
export const MEDIA_LIFE_MS = 3 * 24 * 3_600_000

type Picture = { data: Uint8Array; type: string }

/**
 * A picture (jpeg or png, at most 10 MB, more than 5 bytes) that messages may show by its id for three days. Uploading it
 * twice makes two ids and harms nobody. https://developer.work.weixin.qq.com/document/path/90389
 */
export async function uploadPicture(wecom: Wecom, { data, type }: Picture, timeoutMs: number): Promise<string> {
  const file = { name: `picture.${ends[type] ?? 'jpg'}`, type, data }
  const made = answer.parse(await wecom.upload('media/upload', { query: { type: 'image' }, file, timeoutMs }))
  return made.media_id
}
