import * as z from 'zod'
import type { Card } from '../../domain/card/card.js'
import type { Channel, Receipt } from '../channel.js'
import { ChannelError } from '../channel-error.js'
import { cardUpdateOptions, toCardParams } from './card.js'
import { cardRouteKey } from './card-route.js'
import type { Dingtalk } from './client.js'
import { pageLinks } from './link.js'
import { recallMessage } from './recall.js'
import { recipient } from './recipient.js'
import { cardMessage, sendRobotMessage, textMessage } from './robot-message.js'
import { takeAnswer } from './take-answer.js'

const delivered = z.object({
  success: z.boolean().optional(),
  result: z.object({
    deliverResults: z.array(z.object({ success: z.boolean() })).min(1),
  }),
})
const updated = z.object({ success: z.boolean().optional(), result: z.boolean().optional() })

/**
 * Cards are made of our template and delivered into each member's chat with the robot, under the copy's id; they can be
 * changed at any time. https://open.dingtalk.com/document/development/create-and-deliver-cards
 */
export function createDingtalkChannel(dingtalk: Dingtalk): Channel {
  const { settings } = dingtalk
  const links = pageLinks(settings.publicUrl)
  const clicks = settings.mode === 'http' ? { callbackType: 'HTTP', callbackRouteKey: cardRouteKey } : { callbackType: 'STREAM' }

  async function deliver(to: string, copy: string, card: Card, cardTemplateId: string): Promise<Receipt> {
    const api = 'card/instances/createAndDeliver'
    const body = {
      cardTemplateId,
      outTrackId: copy,
      ...clicks,
      cardData: { cardParamMap: toCardParams(card, links) },
      userIdType: 1,
      openSpaceId: `dtv1.card//IM_ROBOT.${to}`,
      imRobotOpenSpaceModel: { supportForward: false },
      imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: settings.robotCode },
    }
    const { success, result } = takeAnswer(api, delivered, await dingtalk.call('POST', `/v1.0/${api}`, { body }))
    const failed = result.deliverResults.some((one) => !one.success)
    const notReached =
      failed || success === false ? [{ to, why: '卡片没有投放到成员与机器人的会话，请确认机器人已发布且成员在可用范围' }] : []
    // A card is changed, not recalled: its handle is the copy's id.
    return { messageId: null, code: null, notReached }
  }

  return {
    /** The copy's id is the outTrackId: made a second time the platform says that it exists, which is `already-sent`. */
    async sendCard(to, copy, card) {
      const member = recipient(to)
      if (settings.cardTemplateId) return deliver(member, copy, card, settings.cardTemplateId)
      return sendRobotMessage(dingtalk, member, cardMessage(card, links))
    },

    /** https://open.dingtalk.com/document/development/interactive-card-update-interface */
    async updateCard(_to, copy, _code, card) {
      const api = 'card/instances'
      if (!settings.cardTemplateId) {
        const hint = '没有配置 DINGTALK_CARD_TEMPLATE_ID，已发出的消息不能更新'
        throw new ChannelError({ method: api, code: 'no-template', kind: 'code-used', hint })
      }
      const body = { outTrackId: copy, cardData: { cardParamMap: toCardParams(card, links) }, cardUpdateOptions, userIdType: 1 }
      const { success, result } = takeAnswer(api, updated, await dingtalk.call('PUT', `/v1.0/${api}`, { body }))
      if (success === false || result === false)
        throw new ChannelError({ method: api, code: 'not-updated', kind: 'retry', hint: '卡片没有更新，稍后自动重试' })
    },

    async sendText(to, text) {
      return sendRobotMessage(dingtalk, recipient(to), textMessage(text))
    },

    recall: (messageId) => recallMessage(dingtalk, messageId),
  }
}
