import { createHash } from 'node:crypto'
import { z } from 'zod'
import { amongGroup, between } from '../chat.js'
import { findFollow } from '../state/contacts.js'
import type { Fact } from '../state/state.js'
import { archive, newMsgid, nextSeq } from '../wecom/archive.js'
import { contactEvent } from '../wecom/contacts/events.js'
import { newSecret } from '../wecom/crypto.js'
import { repsOf } from './contacts.js'
import { ControlError } from './error.js'
import { happen, known, type Parts, post, type Route } from './route.js'

const text = z.string().min(1)
const clock = (seconds: number) => `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`

/**
 * A voice or video call that was answered, heard by the archive at its end [D 91774]: one record with a WeChat user, one of
 * each side with a WeCom user. A call that nobody answered leaves no record: our reading, the page says nothing of it.
 */
async function call(
  parts: Parts,
  order: { rep: string; externalUserId: string; from: 'customer' | 'rep'; seconds: number; video: boolean },
) {
  const { deps, notice } = parts
  const { contacts } = deps.store.state
  const rep = known(parts, order.rep)
  const follow = findFollow(contacts, rep, order.externalUserId)
  if (!follow || follow.ended) throw new ControlError(404, `${rep} has no chat with ${order.externalUserId}`)
  const { externalUserId, from, seconds, video } = order
  const at = deps.clock.business()
  const id = newMsgid(at)
  const body = { msgtype: 'voiptext', info: { callduration: seconds, invitetype: video ? 1 : 2 } }
  const sides = contacts.people.get(externalUserId)?.type === 2 ? ([from, from === 'rep' ? 'customer' : 'rep'] as const) : [from]
  const archived: Fact[] = []
  for (const [n, side] of sides.entries()) {
    const msgid = n === 0 ? id : newMsgid(at)
    const heard = { ...between({ rep, externalUserId, from: side }), msgid, at, news: true }
    archived.push(...archive(deps, heard, body, nextSeq(deps) + archived.length))
  }
  const words = `${video ? '视频' : '语音'}通话 ${clock(seconds)}`
  await deps.store.record({ type: 'chat', id, rep, externalUserId, from, text: words, at, call: { seconds } }, ...archived)
  if (archived.length > 0) notice.ring()
  return { id }
}

/** A conference in a group with customers: `meeting_voice_call`, with its recording. */
async function meet(parts: Parts, { chatId, from, seconds }: { chatId: string; from: string; seconds: number }) {
  const { deps, notice } = parts
  if (!deps.store.state.customerGroups.get(chatId)?.members.some((one) => one.key === from))
    throw new ControlError(404, `${from} is not in the group ${chatId}`)
  const at = deps.clock.business()
  const id = newMsgid(at)
  const fileId = newSecret(48)
  const meeting_voice_call = { endtime: Math.floor(at / 1000), sdkfileid: fileId, demofiledata: [], sharescreendata: [] }
  const body = { msgtype: 'meeting_voice_call', voiceid: newSecret(16), meeting_voice_call }
  const heard = { ...amongGroup(deps, chatId, from), msgid: id, at: at - seconds * 1000, news: true }
  const archived = archive(deps, heard, body)
  const recording = { type: 'archive-media', fileId, base64: Buffer.from(`voice of ${seconds} s`).toString('base64') } as const
  const words = { type: 'group-chat', id, chatId, from, text: `语音会议 ${clock(seconds)}`, at, call: { seconds } } as const
  await deps.store.record(words, recording, ...archived)
  if (archived.length > 0) notice.ring()
  return { id, sdkfileid: fileId }
}

/** Yes or no to being archived: `agree` or `disagree` in the archive, and of a yes msg_audit_approved [D 92005]. */
async function consent(
  parts: Parts,
  { externalUserId, agreed, rep }: { externalUserId: string; agreed: boolean; rep?: string | undefined },
) {
  const { deps, notice } = parts
  const reps = rep === undefined ? repsOf(parts, externalUserId) : [known(parts, rep)]
  const at = deps.clock.business()
  const kind = agreed ? 'agree' : 'disagree'
  const body = { msgtype: kind, [kind]: { userid: externalUserId, [`${kind}_time`]: at } }
  const facts: Fact[] = [{ type: 'archive-set', consent: { [externalUserId]: agreed }, at }]
  const archived: Fact[] = []
  for (const userid of reps) {
    const heard = {
      ...between({ rep: userid, externalUserId, from: 'customer' }),
      msgid: newMsgid(at),
      at,
      news: true,
      anyway: true,
    }
    archived.push(...archive(deps, heard, body, nextSeq(deps) + archived.length))
  }
  const events = agreed ? reps.map((userid) => contactEvent(deps, 'msg_audit_approved', { userid, externalUserId })) : []
  await happen(parts, [...facts, ...archived], events)
  if (archived.length > 0) notice.ring()
  return { reps }
}

/** Any record of the archive: `body` is the part named by `msgtype`; `media` becomes its sdkfileid, md5sum and filesize. */
async function keepRecord(parts: Parts, order: z.infer<typeof recordOrder>) {
  const { deps, notice } = parts
  const { from, to, chatId, msgtype, action, media, more } = order
  const at = order.at ? Date.parse(order.at) : deps.clock.business()
  const id = order.msgid ?? newMsgid(at)
  const bytes = media === undefined ? null : Buffer.from(media, 'base64')
  const fileId = bytes ? newSecret(48) : null
  const file = bytes ? { sdkfileid: fileId, md5sum: createHash('md5').update(bytes).digest('hex'), filesize: bytes.length } : {}
  const who = chatId ? amongGroup(deps, chatId, from) : { from, to, roomId: '' }
  const part = order.body === undefined && !bytes ? {} : { [order.key ?? msgtype]: { ...order.body, ...file } }
  const archived = archive(deps, { ...who, msgid: id, at, news: true }, { action, msgtype, ...part, ...more })
  const kept: Fact[] = fileId && media ? [{ type: 'archive-media', fileId, base64: media }] : []
  await deps.store.record(...kept, ...archived)
  if (archived.length > 0) notice.ring()
  return { id, sdkfileid: fileId, archived: archived.length > 0 }
}

const recordOrder = z.object({
  from: text,
  to: z.array(text).default([]),
  chatId: text.optional(),
  msgtype: text,
  /** The part's name where it isn't the type's: `info`, `doc` … */
  key: text.optional(),
  body: z.record(z.string(), z.unknown()).optional(),
  action: z.enum(['send', 'recall', 'switch']).default('send'),
  /** Fields beside the part, such as voiceid. */
  more: z.record(z.string(), z.unknown()).default({}),
  media: z.base64().optional(),
  msgid: text.optional(),
  at: z.iso.datetime({ offset: true }).optional(),
})

export const voiceRoutes: Record<string, Route> = {
  'POST call': post(
    z.object({
      rep: text,
      externalUserId: text,
      from: z.enum(['customer', 'rep']).default('customer'),
      seconds: z.number().int().min(1),
      video: z.boolean().default(false),
    }),
    call,
  ),
  'POST groups/call': post(z.object({ chatId: text, from: text, seconds: z.number().int().min(1) }), meet),
  'POST consent': post(z.object({ externalUserId: text, agreed: z.boolean(), rep: text.optional() }), consent),
  'POST archive/record': post(recordOrder, keepRecord),
  /** A call over 公费电话; `at` is its beginning, now unless told. */
  'POST dial': post(
    z.object({ userid: text, phone: text, minutes: z.number().int().min(1), at: z.iso.datetime({ offset: true }).optional() }),
    async (parts, { userid, phone, minutes, at }) => {
      const began = at ? Date.parse(at) : parts.deps.clock.business()
      const dial = {
        at: began,
        type: 1,
        caller: { userid: known(parts, userid), minutes },
        callees: [{ phone, minutes }],
      } as const
      await parts.deps.store.record({ type: 'dial', dial: { ...dial, callees: [...dial.callees] } })
      return {}
    },
  ),
}
