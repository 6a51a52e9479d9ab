import type { Wecom } from './client.js'

/**
 * Takes one message back, within 24 hours of its sending (42052 after them). What somebody reads in WeChat's plugin stays there.
 * https://developer.work.weixin.qq.com/document/path/94867
 */
export async function recallMessage(wecom: Wecom, messageId: string): Promise<void> {
  await wecom.call('POST', 'message/recall', { msgid: messageId })
}
