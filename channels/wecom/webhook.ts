import type { Log } from '../../lib/log.js'
import { ChannelError } from '../channel-error.js'
import { cutBytes } from '../cut.js'
import { refusalOf } from './errors.js'
import { createFetch } from './fetch.js'

const path = 'webhook/send'
const maxMarkdownBytes = 4096
const minute = 60_000

export type GroupWebhook = {
  /**
   * Says something in the group whose webhook has this key: WeCom's small Markdown (bold, link, quote, three colours), cut
   * at 4096 bytes. 20 a minute each. The answer holds no id: what was said can't be recalled, changed or told apart.
   */
  sendMarkdown(key: string, markdown: string): Promise<void>
}

/**
 * 消息推送 into an internal group, without a token: the key alone opens it, so it is in no error and no log.
 * https://developer.work.weixin.qq.com/document/path/99110
 */
export function createGroupWebhook(deps: { apiBase: string; log: Log; timeoutMs?: number }): GroupWebhook {
  const fetch = createFetch({ base: deps.apiBase, timeoutMs: deps.timeoutMs ?? 10_000 })
  return {
    async sendMarkdown(key, markdown) {
      const startedAt = performance.now()
      const body = { msgtype: 'markdown', markdown: { content: cutBytes(markdown, maxMarkdownBytes) } }
      const { errcode } = await fetch('POST', path, { query: { key }, body })
      deps.log.debug({ method: path, ms: Math.round(performance.now() - startedAt), code: errcode }, 'wecom call')
      if (errcode === 0) return
      // Not its errmsg: nothing promises that the platform leaves the key out of it.
      deps.log.warn({ method: path, code: errcode }, 'wecom said no')
      throw groupRefusal(errcode)
    },
  }
}

function groupRefusal(code: number): ChannelError {
  if (code === 93000) {
    const hint = '群消息推送的地址无效或已被移除，请在群里重新添加并核对 WECOM_GROUP_WEBHOOKS'
    return new ChannelError({ method: path, code, kind: 'config', hint })
  }
  if (code === 45009) {
    const hint = '一个群每分钟最多推送 20 条，一分钟后自动重试'
    return new ChannelError({ method: path, code, kind: 'retry', hint, delayMs: minute })
  }
  return refusalOf(path, code)
}
