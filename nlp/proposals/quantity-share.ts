import type { Clause } from '../clauses.js'
import { formatQuantity } from '../deal.js'
import type { PercentEntity } from '../entities/entity.js'
import { ADD_TAIL, SUBTRACT_TAIL, TOPICS } from '../lexicon.js'
import type { Proposal, Scene } from '../scene.js'
import { itemAt } from './items.js'

const MULTIPLE: [RegExp, number][] = [
  [/翻(?:一?倍|一?番|个倍|个番|上?一番)|(?:加|多|增加)一?倍(?!多|以上)|乘以?(?:2|二)(?!\d)|双倍/, 2],
  [
    /(?:减|砍|少|缩|降)(?:掉|少|了|到)?(?:一)?半(?![吨箱托车包斤个公])|(?:只要|要|先要|来)一半(?=$|[吧就够了，,])|一半就(?:够|行|好)/,
    0.5,
  ],
]

/** 翻倍, 减半. */
export function readMultiple(scene: Scene, clause: Clause): Proposal | null {
  for (const [pattern, factor] of MULTIPLE) {
    const match = pattern.exec(clause.text)
    if (!match || /价|预算|费|钱|款|付/.test(clause.text)) continue
    const from = clause.from + match.index
    const to = from + match[0].length
    const item = itemAt(scene, clause, { from, to }, { first: true })
    if (!item || item.qty === null) continue
    const before = formatQuantity(item.qty, item.unit)
    const after = formatQuantity(Math.round(item.qty * factor * 1000) / 1000, item.unit)
    return { field: 'quantity', item: item.name || null, before, after, from, to, clause, strength: 0.85, same: false }
  }
  return null
}

/** 「螺栓在原数量上追加两成」 */
export function readShare(scene: Scene, clause: Clause): Proposal | null {
  const e = clause.entities.find((e): e is PercentEntity => e.kind === 'percent' && !e.discount)
  if (!e || /价|预算|费|钱|款|付|税|返|点(?!数)/.test(clause.text)) return null
  const before = scene.text.slice(clause.from, e.from)
  const sign = ADD_TAIL.test(before) || /多\S{0,3}$/.test(before) ? 1 : SUBTRACT_TAIL.test(before) ? -1 : 0
  const named = scene.mentions().some((m) => m.from >= clause.from && m.to <= clause.to)
  const item =
    sign !== 0 && (TOPICS.quantity.test(clause.text) || named || /[要来发做订拿印]\s*$/.test(before))
      ? itemAt(scene, clause, e)
      : null
  if (!item || item.qty === null) return null
  const after = formatQuantity(Math.round(item.qty * (1 + sign * e.ratio)), item.unit)
  const was = formatQuantity(item.qty, item.unit)
  const { from, to } = e
  return { field: 'quantity', item: item.name || null, before: was, after, from, to, clause, strength: 0.9, same: false }
}
