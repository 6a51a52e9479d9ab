import type { ColdLead, HeatTally } from '../../../../domain/heat/heat.contract.js'
import { formatClock, formatDayShort, formatSince, shanghaiDay } from '../../../../lib/format/dates.js'
import { percent } from '../leaks/leak-words.js'

export const ratioOf = ({ quoted, all }: Pick<HeatTally, 'quoted' | 'all'>) => percent(quoted, all)

export const ratioWords = ({ quoted, all }: Pick<HeatTally, 'quoted' | 'all'>) =>
  all === 0 ? '还没有满 72 小时的商机' : `${all} 个有效商机里，${quoted} 个在 72 小时内发了报价`

/** What the ratio is made of. */
export const partsOf = ({ quoted, outside, late, unquoted }: HeatTally) => [
  { label: '及时报价', count: quoted, tone: 'good' as const },
  { label: '系统外', count: outside },
  { label: '报晚了', count: late },
  { label: '没报价', count: unquoted, tone: unquoted > 0 ? ('bad' as const) : undefined },
]

/** Of all leads that began, how many were none: 「无效 12%」. */
export const invalidOf = ({ invalid, all, running }: HeatTally) => percent(invalid, invalid + all + running)

/** Below it a manager has a card. */
export const isLow = ({ quoted, all }: Pick<HeatTally, 'quoted' | 'all'>) => all > 0 && quoted / all < 0.65

/** What was done about a lead, and no more than that. */
export function doneWords({ calledBy, nudgedBy }: ColdLead, now: number): string {
  const words = []
  if (nudgedBy?.sent === 'waiting') words.push(`${nudgedBy.name}催了，${whenWords(nudgedBy.until, now)}`)
  if (nudgedBy?.sent === 'sent') words.push(`${nudgedBy.name}${formatSince(nudgedBy.at, now)}催了，消息已发出`)
  if (nudgedBy?.sent === 'failed') words.push(`${nudgedBy.name}催了，但消息没发出去，当面说一声`)
  if (calledBy) words.push(`${calledBy.name}${formatSince(calledBy.at, now)}说来打`)
  return words.join('；')
}

/** Not in the rep's quiet hours: it leaves after them, perhaps after a weekend. */
function whenWords(until: string | null, now: number): string {
  if (until === null || Date.parse(until) <= now) return '正在发给他'
  const day = shanghaiDay(until) === shanghaiDay(now) ? '' : `${formatDayShort(until, now)} `
  return `${day}${formatClock(until)} 发给他`
}
