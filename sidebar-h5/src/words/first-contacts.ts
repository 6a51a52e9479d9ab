import type {
  FirstContactState,
  FirstContactView,
  Proposal,
  TouchSource,
} from '../../../domain/first-contact/first-contact.contract.js'
import { formatClock, formatDay, formatSince } from '../../../lib/format/dates.js'
import { formatSoon } from '../../../lib/format/soon.js'
import type { Tone } from './asks.js'

const HOUR_MS = 3_600_000

const CAME: Record<TouchSource, string> = {
  add: '加了好友',
  'half-add': '加了你，等你通过',
  chat: '发来消息',
  call: '打来电话',
  dingtalk: '钉钉外部联系人',
  crm: '钉钉 CRM',
}

/** 「加了好友 · 3 分钟前 · 广交会展位」: how they came, when, and by which channel. */
export function cameWords({ source, at, channel }: Pick<FirstContactView, 'source' | 'at' | 'channel'>, now: number): string {
  return [CAME[source], formatSince(at, now), channel].filter(Boolean).join(' · ')
}

const SOURCE: Record<TouchSource, string> = {
  add: '加好友',
  'half-add': '加好友',
  chat: '微信聊天',
  call: '来电',
  dingtalk: CAME.dingtalk,
  crm: CAME.crm,
}

/** 来源 of an opportunity that nobody has worded yet: 「加好友 · 广交会展位」. What somebody wrote stays as it is. */
export function sourceWords(source: string | null, channel: string | null): string {
  const known = source !== null && source in SOURCE
  return known ? [SOURCE[source as TouchSource], channel].filter(Boolean).join(' · ') : (source ?? '')
}

/**
 * 「还剩 5 小时」. Over a day off the clock pauses, so a far end is said as the moment that it is: 「周一 16:00 前」.
 * Null where no clock runs.
 */
export function leftWords(dueAt: string | null, now: number): { words: string; tone: Tone } | null {
  if (!dueAt) return null
  const left = Date.parse(dueAt) - now
  if (left <= 0) return { words: `已超 ${hours(-left)}`, tone: 'bad' }
  if (left > 24 * HOUR_MS) return { words: untilWords(dueAt, now), tone: 'plain' }
  return { words: `还剩 ${hours(left)}`, tone: left < 4 * HOUR_MS ? 'found' : 'plain' }
}

/** Midnight is the end of a day: nobody says 「周二 00:00 前」. */
function untilWords(dueAt: string, now: number): string {
  if (formatClock(dueAt) !== '00:00') return `${formatSoon(dueAt, now)} 前`
  return `${formatSoon(Date.parse(dueAt) - 1, now).slice(0, -' 23:59'.length)}之内`
}

function hours(ms: number): string {
  if (ms < HOUR_MS) return `${Math.max(1, Math.floor(ms / 60_000))} 分钟`
  if (ms < 24 * HOUR_MS) return `${Math.floor(ms / HOUR_MS)} 小时`
  return `${Math.floor(ms / (24 * HOUR_MS))} 天`
}

const WHY: Record<Proposal['why'], string> = { phone: '电话对得上', company: '公司名对得上', group: '在这家的客户群里' }

export const whyWords = ({ why }: Proposal): string => WHY[why]

/** What became of them, in one line. Null while nothing did. */
export function doneWords(one: FirstContactView, now: number): string | null {
  const said: Record<FirstContactState, () => string | null> = {
    open: () => null,
    known: () => null,
    opportunity: () => (one.opportunity?.number ? `已建商机 ${one.opportunity.number}` : '已建商机'),
    not_customer: () => '记下了，不是客户',
    joined: () => (one.joined ? `已加入${one.joined.name}` : '已归到老客户'),
    nurturing: () => (one.until ? `先养着，${formatDay(one.until, now)}再提醒` : '先养着'),
    merged: () => '和另一位合并了',
  }
  return said[one.state]()
}
