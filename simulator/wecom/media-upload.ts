import { createHash } from 'node:crypto'
import type { Deps } from '../deps.js'
import type { Media } from '../state/media.js'
import { accept, type Outcome, refuse } from './answer.js'
import { newSecret } from './crypto.js'
import type { UploadedFile } from './multipart.js'

const MB = 1024 * 1024
/** More than 5 bytes, and at most [D 90389]. */
const LEAST = 5
const MOST: Record<Media['type'], number> = { image: 10 * MB, voice: 2 * MB, video: 10 * MB, file: 20 * MB }
/** Whatever is larger is not even read to its end. */
export const LARGEST = MOST.file + MB

const isType = (type: string): type is Media['type'] => Object.hasOwn(MOST, type)

/** Pictures are JPG or PNG, voices AMR, videos MP4 [D 90389]. That the bytes say so, not the name, is our reading. */
const looks: Record<Media['type'], (data: Buffer) => boolean> = {
  image: (data) => data.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')) || data.subarray(1, 4).toString() === 'PNG',
  voice: (data) => data.subarray(0, 5).toString() === '#!AMR',
  video: (data) => data.subarray(4, 8).toString() === 'ftyp',
  file: () => true,
}

/** `POST media/upload` [D 90389]: an id for messages, good for three days in all of the corp's applications. */
export function uploadMedia(deps: Deps, query: URLSearchParams, file: UploadedFile | null): Outcome {
  const type = query.get('type') ?? ''
  if (!isType(type)) return refuse(40004)
  if (!file || file.data.length === 0) return refuse(44001)
  const { data } = file
  if (data.length <= LEAST || data.length > MOST[type]) return refuse(type === 'image' ? 40009 : 40006)
  if (!looks[type](data)) return refuse(40005)
  const at = deps.clock.business()
  const sha256 = createHash('sha256').update(data).digest('hex')
  const media: Media = { id: newSecret(48), type, name: file.name, size: data.length, sha256, at }
  // A number in words, as on the page.
  return accept({ type, media_id: media.id, created_at: String(Math.floor(at / 1000)) }, [{ type: 'media', media }])
}
