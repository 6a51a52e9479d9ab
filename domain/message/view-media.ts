import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { type Actor, messageVisibleTo } from '../person/actor.js'
import type { MediaKind, MediaState, MediaView } from './media.contract.js'

type Row = Pick<MediaView, 'id' | 'messageId' | 'name' | 'bytes' | 'reason'> & { kind: string; state: string }

export const viewMedia = ({ id, messageId, kind, name, bytes, state, reason }: Row): MediaView => ({
  ...{ id, messageId, name, bytes, reason },
  kind: kind as MediaKind,
  state: state as MediaState,
})

/** As many as a chat shows, and some more. */
const LAST_MESSAGES = 40
const MOST_FILES = 60

/** The files of the last messages with a contact or in a group, in their order; of those messages only that this actor may read. */
export async function listMedia(
  db: Reader,
  actor: Actor,
  where: { contactId: string } | { groupId: string },
): Promise<MediaView[]> {
  const messages = await db.message.findMany({
    where: { ...where, revokedAt: null, AND: [messageVisibleTo(actor)] },
    orderBy: [{ saidAt: 'desc' }, { id: 'desc' }],
    take: LAST_MESSAGES,
    select: { id: true },
  })
  const rows = await db.media.findMany({
    where: { messageId: { in: messages.map(({ id }) => id) } },
    omit: { data: true, fileId: true },
    orderBy: { id: 'asc' },
    take: MOST_FILES,
  })
  return rows.map(viewMedia)
}

/** The bytes of a file that was fetched, and the chat or group that it was sent in. Throws when it is not here, or not for this actor. */
export async function getMedia(db: Reader, actor: Actor, mediaId: string) {
  const media = await db.media.findFirst({
    where: { id: mediaId, message: messageVisibleTo(actor) },
    include: { message: { select: { contactId: true, groupId: true } } },
  })
  if (!media) throw new Refused('unknown-media', '没有找到这个文件，或者这段聊天不归你看', 404)
  const { data, kind, name, message } = media
  if (media.state !== 'here' || !data) throw new Refused('media-not-here', '这个文件还没有取来', 409)
  return { data, kind, name, saidIn: message.groupId ? `group:${message.groupId}` : `contact:${message.contactId}` }
}
