import * as z from 'zod'
import { GiveUp } from '../../lib/errors.js'
import type { Channel, Receipt } from '../channel.js'
import { ChannelError } from '../channel-error.js'
import { cutBytes } from '../cut.js'
import { toTemplateCard } from './card.js'
import type { Wecom } from './client.js'
import { recallMessage } from './recall.js'

/** Longest that the platform remembers: 4 hours. A retry within it is swallowed there, not shown twice. */
const duplicateSeconds = 14_400
const maxTextBytes = 2048

const sent = z.object({
  msgid: z.string().default(''),
  response_code: z.string().default(''),
  invaliduser: z.string().default(''),
  unlicenseduser: z.string().default(''),
})
/** Here the same field is a list. */
const updated = z.object({ invaliduser: z.array(z.string()).default([]) })

/** https://developer.work.weixin.qq.com/document/path/90236, changes https://developer.work.weixin.qq.com/document/path/94888 */
export function createWecomChannel(wecom: Wecom): Channel {
  const { agentId, publicUrl } = wecom.settings
  const pageUrl = (path: string) => new URL(path, publicUrl).href

  return {
    /** The copy's id is the task_id: it makes this card unlike any other, so the duplicate check knows just this one. */
    async sendCard(to, copy, card) {
      const answer = await wecom.call('POST', 'message/send', {
        touser: recipient(to),
        msgtype: 'template_card',
        agentid: agentId,
        template_card: { ...toTemplateCard(card, pageUrl), task_id: copy },
        enable_duplicate_check: 1,
        duplicate_check_interval: duplicateSeconds,
      })
      return receiptOf(sent.parse(answer))
    },

    async updateCard(to, _copy, code, card) {
      if (code === null) throw new GiveUp('WeCom: a card is changed with a code only')
      const answer = await wecom.call('POST', 'message/update_template_card', {
        userids: [recipient(to)],
        agentid: agentId,
        response_code: code,
        template_card: toTemplateCard(card, pageUrl),
      })
      if (updated.parse(answer).invaliduser.length > 0) {
        const hint = '成员不在应用可见范围，卡片没有更新'
        throw new ChannelError({ method: 'message/update_template_card', code: 'invaliduser', kind: 'give-up', hint })
      }
    },

    /** No duplicate check: the same answer to the same question, asked twice, must come twice. */
    async sendText(to, text) {
      // A customer may call themselves `<a href=…>`, and the platform would make a link of it; we write bare addresses.
      const content = cutBytes(text.replaceAll('<', '＜'), maxTextBytes)
      const answer = await wecom.call('POST', 'message/send', {
        touser: recipient(to),
        msgtype: 'text',
        agentid: agentId,
        text: { content },
      })
      return receiptOf(sent.parse(answer))
    },

    recall: (messageId) => recallMessage(wecom, messageId),
  }
}

/** One member; `|` would make it several and `@all` the whole company. */
function recipient(to: string): string {
  if (to === '' || to.includes('|') || to.toLowerCase() === '@all') throw new GiveUp('WeCom: not the userid of one member')
  return to
}

function receiptOf(answer: z.infer<typeof sent>): Receipt {
  const list = (joined: string, why: string) =>
    joined
      .split('|')
      .filter(Boolean)
      .map((to) => ({ to, why }))
  return {
    messageId: answer.msgid || null,
    code: answer.response_code || null,
    notReached: [...list(answer.invaliduser, '不在应用可见范围'), ...list(answer.unlicenseduser, '没有企业微信基础接口许可')],
  }
}
