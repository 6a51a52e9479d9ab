import type { Wecom } from './client.js'
import { cutBytes } from './cut.js'

const maxBytes = 4000

/**
 * Greets a customer who has just been added. The code holds 20 seconds from the event, for one message.
 * https://developer.work.weixin.qq.com/document/path/92137
 */
export async function sendWelcome(wecom: Wecom, code: string, text: string): Promise<void> {
  const content = cutBytes(text, maxBytes)
  await wecom.call('POST', 'externalcontact/send_welcome_msg', { welcome_code: code, text: { content } })
}
