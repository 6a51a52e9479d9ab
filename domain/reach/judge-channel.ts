import { timeBetween } from '../../lib/working-time.js'
import type { Calm } from '../reminders/calm.contract.js'
import { calendarOf } from '../reminders/calm.js'
import type { Known } from './find-known.js'
import { isChat, type OwnChannel, type ReachFact, type Standing } from './reach.contract.js'

/** So many cards, over at least a day's work, without any sign of life. */
export const SILENT_CARDS = 5
const SILENT_MS = 8 * 3_600_000

/** Why the organisation can't use a channel; null: it can. */
export type Off = { sms: string | null; mail: string | null }
export type Judged = { standing: Standing; why: string | null; facts: ReachFact[] }

/** What of the person's is missing. */
export const MISSING: Record<OwnChannel, string> = {
  wecom: '没有企业微信账号',
  dingtalk: '没有钉钉账号',
  sms: '没有登记手机号',
  mail: '没有登记邮箱',
}

/** From what is known to how it stands, and nothing guessed: a card that was taken is not one that was read. */
export function judgeChannel(known: Known, { off, calm, now }: { off: Off; calm: Calm; now: Date }): Judged {
  const facts = factsOf(known)
  const unset = isChat(known.channel) ? null : off[known.channel]
  if (unset) return { standing: 'off', why: unset, facts: [] }
  if (!known.hasPoint) return { standing: 'off', why: MISSING[known.channel], facts: [] }
  const against = whatSpeaksAgainst(known, calm, now)
  if (against) return { standing: 'bad', why: against, facts }
  if (!known.last) return { standing: known.confirmedAt ? 'proved' : 'new', why: null, facts }
  const seen = later(known.activeAt, known.confirmedAt)
  const isProved = known.last.state === 'delivered' || (seen !== null && seen >= known.last.at)
  return { standing: isProved ? 'proved' : 'taken', why: null, facts }
}

function whatSpeaksAgainst({ last, silent, saysOn, barredWhy, confirmedAt }: Known, calm: Calm, now: Date): string | null {
  if (barredWhy) return barredWhy
  // Who opens a page after a refusal is there, and can still not be written to: only what arrived since speaks against it.
  const isOver = last !== null && confirmedAt !== null && confirmedAt > last.at
  if (last?.state === 'failed' && !isOver) return plainWords(last.reason) ?? '没送达'
  if (saysOn === false) return '他说通知关着'
  const { count, since } = silent
  if (count >= SILENT_CARDS && since && timeBetween(since, now, 'working-hours', calendarOf(calm)) >= SILENT_MS)
    return `连着 ${count} 条都没有动静`
  return null
}

function factsOf({ channel, last, activeAt, confirmedAt, saysOn, barredWhy }: Known): ReachFact[] {
  const fact = (word: ReachFact['word'], at: Date | null, why: string | null = null): ReachFact => ({
    word,
    at: at?.toISOString() ?? null,
    why,
  })
  const facts: ReachFact[] = []
  if (barredWhy) facts.push(fact('送不到', null, barredWhy))
  if (last?.state === 'submitted') facts.push(fact('已提交', last.at, channel === 'sms' ? '还没有运营商的回执' : null))
  if (last?.state === 'delivered') facts.push(fact('已送达', last.at, channel === 'dingtalk' ? '钉钉说已读' : '运营商的回执'))
  if (last?.state === 'unknown') facts.push(fact('结果未知', last.at, plainWords(last.reason)))
  if (last?.state === 'failed')
    facts.push(fact(channel === 'mail' && /退信/.test(last.reason ?? '') ? '退信' : '没送达', last.at, plainWords(last.reason)))
  if (last && activeAt && activeAt >= last.at) facts.push(fact('之后活跃', activeAt))
  if (confirmedAt) facts.push(fact('已确认', confirmedAt))
  if (saysOn === false) facts.push(fact('通知关着', null, '自己说的'))
  return facts
}

/** Without what only an administrator reads: 「message/send: 81013 」, 「不能送达 zhaoqiang：」. */
const plainWords = (reason: string | null) => reason?.replace(/^[\w/.-]+: \S+ /, '').replace(/^不能送达 \S+?：/, '') ?? null

const later = (a: Date | null, b: Date | null) => (a && b ? (a > b ? a : b) : (a ?? b))
