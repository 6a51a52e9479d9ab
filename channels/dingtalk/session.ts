import { ChannelError } from '../channel-error.js'
import { cutBytes } from '../cut.js'
import type { Dingtalk } from './client.js'

/** «The session does not exist»: its time is over, whatever the message had promised. */
const expired = 300001
const maxTextBytes = 5_000

/**
 * Answers in the conversation that somebody spoke in, by its webhook. `session` is the secret out of sessionWebhook: the host
 * is always our own setting. `expired`: say it another way.
 * https://open.dingtalk.com/document/dingstart/robot-reply-and-send-messages
 */
export async function replyInSession(
  dingtalk: Dingtalk,
  { session, text }: { session: string; text: string },
): Promise<'sent' | 'expired'> {
  const body = { msgtype: 'text', text: { content: cutBytes(text, maxTextBytes) } }
  try {
    await dingtalk.hook('robot/sendBySession', { session, body })
    return 'sent'
  } catch (error) {
    if (error instanceof ChannelError && error.code === expired) return 'expired'
    throw error
  }
}
