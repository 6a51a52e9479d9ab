import { cutBytes } from '../cut.js'
import type { Wecom } from './client.js'

const maxBytes = 4000

/**
 * Greets a customer who has just been added, with words, a picture (an id from media/upload) or both. The code holds 20 seconds
 * from the event, for one message. https://developer.work.weixin.qq.com/document/path/92137
 */
export async function sendWelcome(
  wecom: Wecom,
  code: string,
  { text, mediaId }: { text: string | null; mediaId: string | null },
): Promise<void> {
  await wecom.call('POST', 'externalcontact/send_welcome_msg', {
    welcome_code: code,
    ...(text ? { text: { content: cutBytes(text, maxBytes) } } : {}),
    ...(mediaId ? { attachments: [{ msgtype: 'image', image: { media_id: mediaId } }] } : {}),
  })
}
