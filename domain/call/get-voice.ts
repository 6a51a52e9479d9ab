import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import { callVisibleTo } from './list-calls.js'

/** The recording itself, for whoever may see the call. Throws where there is none. */
export async function getVoice(db: Reader, actor: Actor, callId: string) {
  const call = await db.call.findFirst({
    where: { id: callId, AND: [callVisibleTo(actor)] },
    select: { contactId: true, voice: { select: { data: true, mime: true } } },
  })
  const { data, mime } = call?.voice ?? {}
  if (!call || !data || !mime) throw new Refused('unknown-voice', '没有找到这段语音，或者这通电话不归你看', 404)
  return { data, mime, contactId: call.contactId }
}
