import type { QuoteBrief, QuoteDraft, QuoteView, VersionView, VisitView } from '../../../../domain/quote/quote.contract.js'
import { formatBp } from '../../../../lib/format/amount.js'
import { formatDuration, formatSince } from '../../../../lib/format/dates.js'
import { formatMoney } from '../../../../lib/format/money.js'
import { sectionLabel } from '../../../../lib/format/quote-sections.js'
import type { Tone } from '../../words/asks.js'

export type Standing = { words: string; tone: Tone }

/** 「v2」 is what stands; a draft beside it is said apart. */
export function standingOf(quote: Pick<QuoteBrief, 'state' | 'openedAt' | 'validUntil' | 'version'>, now: number): Standing {
  if (quote.state === 'accepted') return { words: '已确认', tone: 'good' }
  if (quote.state === 'declined') return { words: '暂不考虑', tone: 'bad' }
  if (quote.state === 'withdrawn') return { words: '已撤回', tone: 'plain' }
  if (quote.state === 'draft' || quote.version === 0) return { words: '还没发', tone: 'found' }
  if (quote.validUntil && Date.parse(quote.validUntil) < now) return { words: '已过期', tone: 'bad' }
  return quote.openedAt ? { words: '客户看过', tone: 'accent' } : { words: '还没打开', tone: 'plain' }
}

/** 「还有 14 天」「今天到期」「昨天过期」: whole days in Shanghai would mislead by one at night, so hours count. */
export function validWords(validUntil: string, now: number): string {
  const left = Date.parse(validUntil) - now
  if (left < 0) return '已过期'
  return left < 24 * 3_600_000 ? `还剩 ${formatDuration(left)}` : `还有 ${Math.floor(left / 86_400_000)} 天`
}

/** 「没打开过」; else how often, how long, and where they stopped. */
export function readWords({ visits }: Pick<VersionView, 'visits'>, now: number): string {
  const last = visits.reduce<VisitView | null>((newest, one) => (newest && newest.lastAt >= one.lastAt ? newest : one), null)
  if (!last) return '客户还没打开'
  const opens = visits.reduce((sum, one) => sum + one.opens, 0)
  const seconds = visits.reduce((sum, one) => sum + one.seconds, 0)
  const stopped = sectionLabel(last.stoppedAt)
  return [
    `${formatSince(last.lastAt, now)}看过`,
    opens > 1 ? `共 ${opens} 次` : '',
    seconds > 0 ? `看了 ${secondsWords(seconds)}` : '',
    stopped ? `停在${stopped}` : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** 「45 秒」「2 分 10 秒」「1 小时 3 分」. */
export function secondsWords(seconds: number): string {
  if (seconds < 60) return `${seconds} 秒`
  if (seconds < 3_600) return seconds % 60 ? `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒` : `${seconds / 60} 分钟`
  return formatDuration(seconds * 1_000)
}

/** A device that came second got the link from somebody: it was forwarded. */
export const visitorWords = ({ who, number, device }: VisitView): string =>
  who ? `${who} · ${device}` : number === 1 ? device : `${device} · 第 ${number} 台设备，可能是转发`

export const taxWords = ({ included, rateBp }: QuoteDraft['tax']): string =>
  rateBp === 0 ? '不计税' : included ? `含税 ${formatBp(rateBp)}` : `未税，另加 ${formatBp(rateBp)}`

export function freightWords({ how, fen }: QuoteDraft['freight']): string {
  if (how === 'included') return '含运费'
  return how === 'collect' ? '运费到付' : `运费 ${formatMoney(fen)}`
}

export const sharesAdd = (instalments: QuoteDraft['instalments']): number =>
  instalments.reduce((sum, one) => sum + one.shareBp, 0)

/** What became of a press on 同意 or 退回: somebody else, or a new draft, may have been quicker. */
export function decisionWords(
  { me, approvals }: Pick<QuoteView, 'me' | 'approvals'>,
  approvalId: string,
  action: 'approve-quote' | 'refuse-quote',
): string {
  const stands = approvals.find((one) => one.id === approvalId)
  const wanted = action === 'approve-quote' ? 'approved' : 'refused'
  if (!stands || stands.state === 'withdrawn') return '报价改过了，这次不用批了'
  if (stands.state !== wanted || stands.decidedBy?.id !== me) return `${stands.decidedBy?.name ?? '同事'}已经处理了`
  return `${wanted === 'approved' ? '同意了' : '退回了'}，已经告诉${stands.askedBy.name}`
}
