import { newId } from '../../lib/ids.js'
import type { Secrets } from '../../lib/secret.js'
import type { Work } from '../work.js'
import { MOST_BYTES, TOO_LARGE } from './media-limit.js'

export type NamedFile = { kind: string; fileId: string; name: string | null; bytes: number | null; md5: string | null }

/** What a message names, for when somebody wants to see it: nothing is fetched. Called once, with the new message. */
export async function keepMedia(
  work: Work,
  files: Secrets,
  { messageId, media }: { messageId: string; media: NamedFile[] },
): Promise<void> {
  if (media.length === 0) return
  await work.tx.media.createMany({
    data: media.map(({ fileId, ...file }) => ({
      id: newId(),
      messageId,
      ...file,
      fileId: files.seal(fileId),
      ...((file.bytes ?? 0) > MOST_BYTES ? { state: 'gone', reason: TOO_LARGE } : {}),
    })),
  })
}
