import { z } from 'zod'
import type { Deps } from '../../deps.js'
import { isFresh } from '../../state/media.js'
import { accept, type Outcome, refuse } from '../answer.js'
import { newMsgid } from '../archive.js'

/** How long a code is good, in ms of machine time [D 92137]. */
const GOOD_FOR = 20_000

const text = z.string().min(1)
const attachment = z.discriminatedUnion('msgtype', [
  z.object({
    msgtype: z.literal('image'),
    image: z
      .object({ media_id: text, pic_url: text })
      .partial()
      .refine((one) => one.media_id ?? one.pic_url),
  }),
  z.object({ msgtype: z.literal('link'), link: z.object({ title: text, url: text }) }),
  z.object({
    msgtype: z.literal('miniprogram'),
    miniprogram: z.object({ title: text, pic_media_id: text, appid: text, page: text }),
  }),
  z.object({ msgtype: z.literal('video'), video: z.object({ media_id: text }) }),
  z.object({ msgtype: z.literal('file'), file: z.object({ media_id: text }) }),
])

/**
 * `POST externalcontact/send_welcome_msg` [D 92137]: once, within 20 s, and not when the two have begun to talk. The words
 * are seen in the chat; that the archive has no record of them is our reading.
 */
export function sendWelcome(deps: Deps, body: Record<string, unknown>): Outcome {
  const { contacts, chats } = deps.store.state
  const value = String(body.welcome_code ?? '')
  const code = contacts.welcomes.get(value)
  if (!code) return refuse(41050)
  if (code.used) return refuse(41051)
  const now = deps.clock.machine()
  if (now - code.machineAt > GOOD_FOR) return refuse(41050)
  const since = code.machineAt + deps.store.state.offsetMs
  const said = chats.chats.get(`${code.userid}|${code.externalUserId}`)?.messages ?? []
  if (said.some((message) => message.at >= since)) return refuse(41051)

  const content = (body.text as { content?: unknown } | undefined)?.content
  const words = typeof content === 'string' ? content : ''
  const attached = Array.isArray(body.attachments) ? body.attachments : []
  if (!words && attached.length === 0) return refuse(44004)
  if (Buffer.byteLength(words) > 4_000) return refuse(45002, 'content size out of limit')
  if (attached.length > 9) return refuse(40058, 'more than 9 attachments')
  if (attached.some((one) => !attachment.safeParse(one).success)) return refuse(40008)
  if (attached.some((one) => !isThere(deps, attachment.parse(one)))) return refuse(40007)

  const at = deps.clock.business()
  const lines = [words, ...attached.map(nameOf)].filter(Boolean)
  const between = { rep: code.userid, externalUserId: code.externalUserId, from: 'rep' } as const
  const shown = lines.map((line) => ({ type: 'chat', id: newMsgid(at), ...between, text: line, at }) as const)
  return accept({}, [{ type: 'welcome-sent', code: value }, ...shown])
}

/** What was uploaded is good for three days [D 90389]; a picture may also be an address of the platform's own. */
function isThere(deps: Deps, one: z.infer<typeof attachment>): boolean {
  const id = idOf(one)
  if (id === null) return true
  const media = deps.store.state.media.get(id)
  return isFresh(media, deps.clock.business()) && media.type === (one.msgtype === 'miniprogram' ? 'image' : one.msgtype)
}

function idOf(one: z.infer<typeof attachment>): string | null {
  if (one.msgtype === 'link') return null
  if (one.msgtype === 'image') return one.image.media_id ?? null
  if (one.msgtype === 'miniprogram') return one.miniprogram.pic_media_id
  return one.msgtype === 'video' ? one.video.media_id : one.file.media_id
}

function nameOf(one: { msgtype: string; link?: { title: string; url: string }; miniprogram?: { title: string } }): string {
  if (one.link) return `${one.link.title} ${one.link.url}`
  if (one.miniprogram) return `[小程序] ${one.miniprogram.title}`
  return { image: '[图片]', video: '[视频]', file: '[文件]' }[one.msgtype] ?? ''
}
