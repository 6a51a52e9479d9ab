import type { Clause } from '../clauses.js'
import type { Item } from '../finding.js'
import type { Proposal, Scene } from '../scene.js'
import { stands } from './spec.js'

/** Of several at once. */
export const ALL = /都|两[种样款]|[三四]样|一起|一并|统一|全部?(?!款)|一律/
/** A name ends in it: 球阀 of 两片式球阀 and 三片式球阀. */
const HEAD = 2

/** 「两种球阀都改316」「外壳和门板一起换」: one way for several of the goods is a value of each. */
export function spread(p: Proposal, scene: Scene): Proposal[] {
  if (p.field !== 'spec' || !scene.agreed || scene.deal.items.length < 2 || p.part) return [p]
  const at = scene.clauses.findIndex((clause) => clause.to >= p.to)
  const next = scene.clauses[at + 1]
  const heard = [scene.clauses[at], next].filter((clause): clause is Clause => clause !== undefined && ALL.test(clause.text))
  const items = heard.map((clause) => itemsIn(scene, clause)).find((found) => found.length > 1)
  if (!items || (p.item !== null && !items.some(({ name }) => name === p.item))) return [p]
  return items.map((item) => ({
    ...p,
    item: item.name,
    before: item.spec,
    same: stands(item.spec, p.after ?? ''),
  }))
}

/** Those that a clause names one by one, or by the end that their names share. */
function itemsIn(scene: Scene, clause: Clause): Item[] {
  const named = new Set(scene.mentions().flatMap((m) => (m.from >= clause.from && m.to <= clause.to ? [m.item] : [])))
  if (named.size > 1) return [...named]
  const heads = new Set(scene.deal.items.map(({ name }) => name.slice(-HEAD)))
  for (const head of heads) {
    const alike = scene.deal.items.filter(({ name }) => name.length > HEAD && name.endsWith(head))
    if (alike.length > 1 && head.length === HEAD && clause.text.includes(head)) return alike
  }
  return [...named]
}
