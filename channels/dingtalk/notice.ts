import * as z from 'zod'
import type { Card } from '../../domain/card/card.js'
import { cutChars, cutJson } from '../cut.js'
import { linesOf, plain } from './card.js'
import type { Dingtalk } from './client.js'
import { pageLinks } from './link.js'
import { recipient } from './recipient.js'
import { takeAnswer } from './take-answer.js'

/** Of `msg` as JSON; the link's own limit; the button's. */
const limit = { bytes: 2048, url: 500, title: 20, cardTitle: 40 }

const api = 'topapi/message/corpconversation/asyncsend_v2'
const asked = z.object({ task_id: z.union([z.number(), z.string().min(1)]) })

/**
 * A work notification to one member: the card as it can be read, with one button to its page. `stamp` is a line that makes
 * it unlike others («11月22日 09:30»): the same content reaches a member once a day. So a repeated try with the same stamp
 * is shown once, too. That the platform accepts it says nothing of its arrival: readNotice does.
 * https://open.dingtalk.com/document/development/asynchronous-sending-of-enterprise-session-messages
 */
export async function sendNotice(dingtalk: Dingtalk, to: string, card: Card, stamp: string): Promise<{ taskId: string }> {
  const { agentId, publicUrl } = dingtalk.settings
  const body = { agent_id: agentId, userid_list: recipient(to), msg: noticeOf(card, { publicUrl, stamp }) }
  const { task_id } = takeAnswer(api, asked, await dingtalk.oapi(api, { body }))
  return { taskId: String(task_id) }
}

/** The message, within 2,048 bytes: what is cut is the words in the middle. */
export function noticeOf(card: Card, { publicUrl, stamp }: { publicUrl: string; stamp: string }) {
  const links = pageLinks(publicUrl)
  const panel = links.panel(card.page)
  const quote = card.quote ? `> ${plain(card.quote.title)}：${plain(card.quote.text)}` : ''
  const parts = [`#### ${plain(cutChars(card.title, limit.cardTitle))}`, plain(card.desc ?? ''), quote, linesOf(card.fields)]
  const draw = (markdown: string) => ({
    msgtype: 'action_card',
    action_card: {
      title: plain(cutChars(card.title, limit.cardTitle)),
      markdown: `${markdown}\n\n${plain(stamp)}`,
      single_title: card.buttons.length > 0 && card.settled === undefined ? '去处理' : '查看',
      single_url: panel.length <= limit.url ? panel : links.page(card.page),
    },
  })
  const room = limit.bytes - Buffer.byteLength(JSON.stringify(draw('')))
  return draw(cutJson(parts.filter(Boolean).join('\n\n'), room))
}
