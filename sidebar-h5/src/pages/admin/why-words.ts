import type { FindingsFilter, KeptFinding } from '../../../../domain/message/findings.contract.js'
import type { Tone } from '../../words/asks.js'

export const FILTERS: { filter: FindingsFilter; words: string; none: string }[] = [
  { filter: 'all', words: '全部', none: '客户说了话，这里就会出现' },
  { filter: 'suspected', words: '疑似', none: '还没有哪句话像是变更' },
  { filter: 'uncaptured', words: '没捕获', none: '说过的变更都捕获了，或者都说清楚不是了' },
  { filter: 'disputed', words: '有分歧', none: '同事的看法和系统的判断都一致' },
]

const KINDS: Record<string, string> = {
  quantity: '改数量',
  item: '加减东西',
  spec: '改规格',
  delivery: '改交期',
  money: '改价格预算',
  terms: '改账期',
  other: '改别的',
  withdraw: '收回',
}

/** A change from here on, as the understanding has it. */
const SURE = 0.5

/** What it was taken for, and how surely. */
export function verdictOf(finding: KeptFinding | null): { words: string; tone: Tone } {
  if (!finding) return { words: '没有判断', tone: 'plain' }
  const score = finding.score.toFixed(2)
  if (finding.change) return { words: `疑似变更 ${score}`, tone: 'found' }
  return finding.need ? { words: '新单', tone: 'accent' } : { words: `不像变更 ${score}`, tone: 'plain' }
}

/** Who decided: an administrator's word, the rules, the net, or both. Null where that was not kept yet. */
export function whyWords({ change, spans, why }: KeptFinding): string | null {
  if (spans.some((span) => span.field === 'keyword')) return '命中关键词'
  if (!why) return null
  const net = `模型 ${why.net > 0 ? '+' : ''}${why.net.toFixed(2)}${KINDS[why.kind] ? `（像${KINDS[why.kind]}）` : ''}`
  const both = `规则 ${why.rules.toFixed(2)} · ${net}`
  if (!change) return both
  if (why.rules < SURE) return `主要靠模型：${both}`
  return why.net > 0 ? `规则和模型都这么看：${both}` : `主要靠规则：${both}`
}
