import type { OwnChannel, Standing } from '../../../../domain/reach/reach.contract.js'
import type { Tone } from '../../words/asks.js'

export const CHANNELS: Record<OwnChannel, string> = { wecom: '企业微信', dingtalk: '钉钉', sms: '短信', mail: '邮件' }

/** No more than is known: what was taken is not what was read. */
export const STANDINGS: Record<Standing, { words: string; tone: Tone }> = {
  proved: { words: '有回音', tone: 'good' },
  taken: { words: '已提交', tone: 'accent' },
  new: { words: '最近没发过', tone: 'plain' },
  off: { words: '未开通', tone: 'plain' },
  bad: { words: '可能收不到', tone: 'bad' },
}

/** Back from WeCom's page: what it told. Null: nobody was there. */
export function toldWords(told: string | null): string | null {
  if (told === null) return null
  const names = told.split(',').map((channel) => ({ sms: '手机号', mail: '邮箱' })[channel])
  const known = names.filter(Boolean)
  return known.length > 0 ? `${known.join('和')}记下了` : '企业微信没有给手机号和邮箱：可能点了不允许，或者管理员没有勾选'
}
