import { formatDayShort } from '../../lib/format/dates.js'
import type { FirstContactState, TouchSource } from './first-contact.contract.js'

const HOW: Record<TouchSource, string> = {
  add: '加了微信',
  'half-add': '加了微信',
  chat: '聊了微信',
  call: '通了电话',
  dingtalk: '加进了钉钉外部联系人',
  crm: '录进了钉钉 CRM',
}

/** How they came together: 「加了微信」. */
export const howWords = (source: string): string => HOW[source as TouchSource] ?? '联系上了'

type Ended = {
  state: FirstContactState
  until: Date | null
  opportunity: { title: string } | null
  contact: { customer: { name: string } | null }
}

/** What became of a first contact; null: nobody has said. */
export function endWords({ state, until, opportunity, contact }: Ended, now: Date): string | null {
  switch (state) {
    case 'open':
      return null
    case 'opportunity':
      return `已建商机「${opportunity?.title ?? ''}」`
    case 'not_customer':
      return '不是客户'
    case 'joined':
      return `是${contact.customer?.name ?? '老客户'}的人`
    case 'nurturing':
      return until ? `先养着，${formatDayShort(until, now)}再看` : '先养着'
    case 'known':
      return '是老客户'
    case 'merged':
      return '和另一位联系人是同一个人'
  }
}
