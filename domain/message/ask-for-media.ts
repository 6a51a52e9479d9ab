import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { later } from '../outbox.js'
import { type Actor, messageVisibleTo } from '../person/actor.js'
import type { Work } from '../work.js'
import type { MediaView } from './media.contract.js'
import { tellChat } from './tell-chat.js'
import { viewMedia } from './view-media.js'

/**
 * A rep wants to see a file: it is fetched from the archive, once, however many ask. What was asked for in vain may be asked
 * for again; what is gone stays gone.
 */
export async function askForMedia(work: Work, actor: Actor, mediaId: string): Promise<MediaView> {
  const media = await work.tx.media.findFirst({
    where: { id: mediaId, message: messageVisibleTo(actor) },
    select: { id: true, message: { select: { contactId: true, groupId: true } } },
  })
  if (!media) throw new Refused('unknown-media', '没有找到这个文件，或者这段聊天不归你看', 404)
  const { count } = await work.tx.media.updateMany({
    where: { id: mediaId, state: 'waiting' },
    data: { state: 'asked', reason: null },
  })
  if (count > 0) {
    // One row an asking: that of an earlier one, given up, must not stand in the way.
    await later(work, {
      kind: 'fetch-media',
      key: `fetch-media:${mediaId}:${newId()}`,
      lane: 'archive-media',
      payload: { mediaId },
    })
    tellChat(work, media.message)
  }
  return viewMedia(await work.tx.media.findUniqueOrThrow({ where: { id: mediaId }, omit: { data: true } }))
}
