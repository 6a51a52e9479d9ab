import { fieldOf } from '../channels/dingtalk/fields.js'
import type { KnownGroup } from '../domain/group/open-group.js'

/** The group of an event of DingTalk's; null where it names none by the id that the robot knows it by. */
export function readChat(organisation: string, data: Record<string, unknown>): KnownGroup | null {
  const chatId = fieldOf(data, 'openConversationId')
  return chatId ? { platform: 'dingtalk', organisation, chatId } : null
}
