import type { Mood } from './clauses.js'
import type { ChangeType, Field } from './finding.js'
import { CONTRAST, isNewOrder, KEPT, PAST } from './lexicon.js'
import type { Proposal, Scene } from './scene.js'

/** Above this a message is called a change. */
export const THRESHOLD = 0.5

/** How much of a value's plainness its mood leaves. */
const MOOD: Record<Mood, number> = { state: 1, request: 0.95, ask: 0.3, suppose: 0.35, consider: 0.15, past: 0.3, others: 0.2 }

/** Terms of payment go with price and budget: the same colleague answers for 价格 and 账期. */
export const TYPE: Record<Field, ChangeType> = {
  quantity: '功能增减',
  item: '功能增减',
  spec: '功能增减',
  delivery: '交付时间调整',
  price: '预算范围变动',
  budget: '预算范围变动',
  terms: '预算范围变动',
  other: '其他',
}
const ORDER: ChangeType[] = ['功能增减', '交付时间调整', '预算范围变动', '其他', '撤回']

export const typesOf = (proposals: Proposal[]): ChangeType[] => {
  const set = new Set(proposals.map((p) => TYPE[p.field]))
  return ORDER.filter((type) => set.has(type))
}

/** Looking for something is where a need begins. */
const SEARCH = /推荐|想找|要找|帮我找|帮忙找|给我找|找[个一家]|有没有/

/** 「改成1600套吧上次那批还剩四百」: without punctuation the past may come after the wish. */
export function moodOf(p: Proposal, scene: Scene): Mood {
  if (p.clause.mood !== 'past') return p.clause.mood
  const before = scene.text.slice(p.clause.from, p.to)
  // 「昨天来了一趟说那个沙发要换成科技布」: what was said then is asked for now.
  const told = /^.*(?:说|讲|然后|所以|现在|就|这回|这次)/.exec(before)?.[0].length ?? 0
  return PAST.test(before.slice(told)) || (told > 0 && !/改|换|加|减|要/.test(before.slice(told))) ? 'past' : 'state'
}

/** Another value than the talk has just named, of the same kind. */
const isOther = (p: Proposal, scene: Scene): boolean =>
  (p.field === 'delivery' && scene.days().length > 0 && !scene.days().includes(p.after ?? '')) ||
  ((p.field === 'price' || p.field === 'budget') && scene.quotes().length > 0)

/** How surely this value is a change, 0..1: how plainly it is asked for, in which mood, and whether it differs at all. */
export function weigh(p: Proposal, scene: Scene): number {
  if (p.same) return 0.1
  let weight = p.strength * MOOD[moodOf(p, scene)]
  // With nothing agreed a plain wish is a new need; only words of change tell of something earlier.
  const proposes = p.before !== null && p.clause.mood === 'request'
  const other = isOther(p, scene) && !SEARCH.test(scene.text)
  if (!scene.agreed && !proposes && !other && !CONTRAST.test(scene.text)) weight *= scene.offset > 0 ? 0.6 : 0.3
  else if (!scene.agreed) weight *= SEARCH.test(p.clause.text) && !/换|改|别的|再/.test(p.clause.text) ? 0.5 : 0.9
  if (KEPT.test(p.clause.text) && p.strength < 0.9) weight *= 0.5
  if (isNewOrder(scene.text)) weight *= 0.3
  return weight
}

/** Several signs together are surer than each alone. */
export const combine = (weights: number[]): number =>
  Math.min(0.99, 1 - weights.reduce((rest, weight) => rest * (1 - Math.min(weight, 0.97)), 1))

export const round = (score: number): number => Math.round(score * 100) / 100
