import type { Clause } from '../clauses.js'
import { findItem } from '../deal.js'
import { dimensionOf, dimensionsIn } from '../entities/dimension.js'
import type { AmountEntity, BareEntity } from '../entities/entity.js'
import { isSameUnit } from '../entities/units.js'
import type { Item } from '../finding.js'
import { plainest } from '../goods.js'
import type { Scene } from '../scene.js'
import { findShape, shapeOf } from './spec-shape.js'

type Place = { from: number; to: number }
/** `first`: rather the main thing than nothing. */
type Sought = { unit?: string | null; size?: string; first?: boolean }

/** Right behind the value, as the 法兰 of 「加20套法兰」. */
const beside = (scene: Scene, from: number, to: number) => from - to <= 2 && /^[\s的]*$/.test(scene.text.slice(to, from))

/**
 * The item that a value is said of: the one named before it in its clause, else behind it, the one alone with that unit, the
 * one of an earlier clause, the one with such a size, or the one last spoken of.
 */
export function itemAt(scene: Scene, clause: Clause, at: Place, { unit, size, first = false }: Sought = {}): Item | null {
  const { items } = scene.deal
  if (items.length <= 1) return items[0] ?? null
  const named = scene.mentions().filter((m) => m.to <= at.from || m.from >= at.to)
  const here = named.filter((m) => m.from >= clause.from && m.to <= clause.to)
  // 「排针40P→20P」: what it is called says more of which it is than a size that another item has too.
  const ahead = here.filter((m) => m.to <= at.from)
  const before = ahead.findLast((m) => m.by === 'name') ?? ahead.at(-1)
  const behind = here.find((m) => m.from >= at.to)
  const counted = clause.entities.some(
    (e) => before && (e.kind === 'quantity' || e.kind === 'number') && e.from >= before.to && e.to <= at.from,
  )
  if (behind && (!before || counted) && beside(scene, behind.from, at.to)) return behind.item
  if (before) return before.item
  const units = unit ? items.filter((item) => isSameUnit(item.unit, unit)) : []
  if (units.length === 1) return units[0] ?? null
  if (behind) return behind.item
  const earlier = named.filter((m) => m.to <= clause.from).at(-1)
  if (earlier) return earlier.item
  // A size tells its item apart better than the talk does; a colour or a material does not.
  const alike = size === undefined ? null : withShape(items, size)
  if (alike && /\d/.test(size ?? '')) return alike
  return (
    plainest(named) ??
    scene.mentioned() ??
    alike ??
    (size === undefined ? null : withNumbers(items, size)) ??
    (first ? (items[0] ?? null) : null)
  )
}

/** The one item that has a size of this shape. */
function withShape(items: Item[], size: string): Item | null {
  const shape = shapeOf(size)
  if (shape === null) return null
  const alike = items.filter((item) => findShape(item.spec ?? '', shape) !== null || findShape(item.name, shape) !== null)
  return alike.length === 1 ? (alike[0] ?? null) : null
}

/** 「量程改0-2.5」 of 0-1.6MPa: the one item whose spec is written with numbers in the same way. */
function withNumbers(items: Item[], size: string): Item | null {
  const shape = (words: string) => words.replace(/\d+(?:\.\d+)?/g, '0').replace(/[^0*×xX/-]/g, '')
  const sought = shape(size)
  if (sought.length < 3) return null
  const alike = items.filter((item) => shape(item.spec ?? '').includes(sought))
  return alike.length === 1 ? (alike[0] ?? null) : null
}

/** The item that a clause speaks of as a whole. */
export const itemOf = (scene: Scene, clause: Clause, size?: string): Item | null =>
  itemAt(scene, clause, { from: clause.to, to: clause.to }, { size })

/** A unit that the deal counts nothing in, but that a size of the deal is written with: the 米 of a table 2.4米 long. */
export function isSize(unit: string, scene: Scene): boolean {
  const dimension = dimensionOf(unit)
  const { items } = scene.deal
  // 「8工位的改成12工位」
  if (dimension === null)
    return (
      items.every((item) => item.unit !== unit) &&
      items.some(({ spec }) => spec !== null && new RegExp(`\\d\\s?${unit}`).test(spec))
    )
  if (items.some((item) => item.unit === unit || dimensionOf(item.unit) === dimension)) return false
  return items.some((item) => item.spec !== null && dimensionsIn(item.spec).includes(dimension))
}

/** 「盖子再来3万」: a large number without a sign of money counts what the clause names. */
export function asCount(scene: Scene, clause: Clause, e: AmountEntity): BareEntity | null {
  if (e.signed || e.per !== null || e.bound !== 'none' || /价|预算|费|钱|款|贵|便宜|付|总/.test(clause.text)) return null
  const like = ({ qty }: Item, times: number) => qty !== null && e.value <= qty * times && e.value >= qty / times
  const item = findItem(clause.text, scene.deal.items)
  const { budget } = scene.deal
  const nearBudget = budget !== null && e.value <= budget * 3 && e.value >= budget / 3
  if (!(item ? like(item, 10) : !nearBudget && scene.deal.items.some((one) => like(one, 3)))) return null
  const { from, to, value, max, approximate } = e
  return { kind: 'number', from, to, value, max, approximate }
}
