import type { DingtalkView } from '../../../../domain/connection/connection.contract.js'
import { formatSince } from '../../../../lib/format/dates.js'

type Connected = NonNullable<DingtalkView['dingtalk']>

/** Does DingTalk reach us? `ok` is false where an administrator has to do something. */
export function connectionLine({ mode, streams }: Connected): { ok: boolean; words: string } {
  if (mode === 'http') return { ok: true, words: 'HTTP 推送：钉钉把消息送到我们的地址' }
  if (!streams || streams.standing === 0) return { ok: false, words: 'Stream 没有连上，机器人暂时听不到，会一直重连' }
  return { ok: true, words: `Stream 已连上 ${streams.standing} 条，共 ${streams.wanted} 条` }
}

/** 「机器人消息 3 分钟前 · 卡片按钮 昨天 · 通讯录事件 还没有」 */
export function heardLine({ heard }: Connected, now: number): string {
  const since = (at: string | null) => (at ? formatSince(at, now) : '还没有')
  return `机器人消息 ${since(heard.robot)} · 卡片按钮 ${since(heard.press)} · 通讯录事件 ${since(heard.event)}`
}

export function peopleLine({ people }: Connected): string {
  const parts = [
    people.both > 0 ? `两边都有 ${people.both} 位` : '',
    people.dingtalk > 0 ? `只在钉钉 ${people.dingtalk} 位` : '',
    people.wecom > 0 ? `只在企业微信 ${people.wecom} 位` : '',
  ]
  return parts.filter((part) => part !== '').join('，') || '还没有认出同事'
}
