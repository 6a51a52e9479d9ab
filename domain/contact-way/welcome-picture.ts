import type { Reader } from '../../lib/db.js'
import type { Work } from '../work.js'

/** Renewed this long before the platform forgets it. */
const MARGIN_MS = 3_600_000

/** `mediaId`: where the platform has it already, and for how long is business time. */
export type WelcomePicture = { wayId: string; sha256: string; mediaId: string | null }

/** The picture that belongs to the code by which this customer came to this rep. Null: by none, or it has none. */
export async function findWelcomePicture(
  db: Reader,
  { contactId, personId, now }: { contactId: string; personId: string; now: Date },
): Promise<WelcomePicture | null> {
  const follow = await db.follow.findUnique({ where: { contactId_personId: { contactId, personId } }, select: { state: true } })
  if (!follow?.state) return null
  const picture = await db.contactWayPicture.findFirst({
    where: { way: { state: follow.state } },
    select: { wayId: true, sha256: true, mediaId: true, mediaUntil: true },
  })
  if (!picture) return null
  const { wayId, sha256, mediaId, mediaUntil } = picture
  return { wayId, sha256, mediaId: mediaUntil && mediaUntil > now ? mediaId : null }
}

/** Its bytes. Null: it was replaced or dropped meanwhile. */
export const readPicture = (db: Reader, wayId: string): Promise<{ type: string; data: Uint8Array; sha256: string } | null> =>
  db.contactWayPicture.findUnique({ where: { wayId }, select: { type: true, data: true, sha256: true } })

/** What the platform calls it, for the next welcomes; null: it doesn't know it any more. Another picture has another name. */
export async function keepMedia(
  work: Work,
  { wayId, sha256 }: { wayId: string; sha256: string },
  media: { id: string; lifeMs: number } | null,
): Promise<void> {
  const mediaUntil = media ? new Date(work.now.getTime() + media.lifeMs - MARGIN_MS) : null
  await work.tx.contactWayPicture.updateMany({ where: { wayId, sha256 }, data: { mediaId: media?.id ?? null, mediaUntil } })
}
