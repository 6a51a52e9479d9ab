import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { voiceFormat } from './voice-format.js'

/** A minute as recorders write it is a third of this at most. */
export const MOST_VOICE_BYTES = 2 * 1024 * 1024

/**
 * What a rep says about their own call, beside or in place of a written note. Said again, the newer takes its place. The
 * file is judged by its first bytes. `seconds`: 1 to 60.
 */
export async function keepVoice(
  work: Work,
  actor: Actor,
  { id, seconds, data }: { id: string; seconds: number; data: Buffer },
): Promise<void> {
  const call = await findOwn(work, actor, id)
  const mime = voiceFormat(data)
  if (!mime) throw new Refused('not-a-voice', '这不是一段录音，重新录一次试试', 415)
  // Prisma wants bytes of a buffer of their own.
  const voice = {
    personId: actor.personId,
    seconds,
    mime,
    state: 'here',
    reason: null,
    data: new Uint8Array(data),
    saidAt: work.now,
  }
  await work.tx.callVoice.upsert({ where: { callId: id }, create: { callId: id, ...voice }, update: voice })
  const content = { seconds, mime, bytes: data.length }
  await record(work, { actor: actor.personId, verb: 'call-voice', subject: `call:${id}`, content })
  tell(work, call)
}

/** It was nothing, or was said badly. Dropped twice is dropped. */
export async function dropVoice(work: Work, actor: Actor, { id }: { id: string }): Promise<void> {
  const call = await findOwn(work, actor, id)
  const { count } = await work.tx.callVoice.deleteMany({ where: { callId: id } })
  if (count === 0) return
  await record(work, { actor: actor.personId, verb: 'call-voice-dropped', subject: `call:${id}`, content: {} })
  tell(work, call)
}

async function findOwn({ tx }: Work, actor: Actor, id: string) {
  const call = await tx.call.findFirst({ where: { id, personId: actor.personId }, select: { contactId: true, personId: true } })
  if (!call) throw new Refused('unknown-call', '没有找到这通电话，或者不是你打的', 404)
  return call
}

function tell(work: Work, { contactId, personId }: { contactId: string | null; personId: string | null }): void {
  if (contactId) work.touched.add(`chat:${contactId}`)
  if (personId) work.touched.add(`person:${personId}`)
}
