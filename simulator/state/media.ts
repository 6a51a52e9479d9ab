/** 临时素材 [D 90389]: what was uploaded, by its id. The bytes are not kept, their digest is. `at` is business time. */
export type Media = {
  id: string
  type: 'image' | 'voice' | 'video' | 'file'
  name: string
  size: number
  sha256: string
  at: number
}

export type MediaFact = { type: 'media'; media: Media }

/** Three days [D 90389]. */
const LIFE_MS = 3 * 24 * 3_600_000

export const isFresh = (media: Media | undefined, now: number): media is Media => media !== undefined && now - media.at < LIFE_MS
