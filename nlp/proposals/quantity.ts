import type { Clause } from '../clauses.js'
import { formatQuantity } from '../deal.js'
import type { BareEntity, Entity, QuantityEntity } from '../entities/entity.js'
import { isSameUnit, LOOSE_UNITS } from '../entities/units.js'
import type { Item } from '../finding.js'
import { findMentions } from '../goods.js'
import { ADD_TAIL, SET_TAIL, SUBTRACT_TAIL, TOPICS, WANT_TAIL } from '../lexicon.js'
import type { Proposal, Reader, Scene } from '../scene.js'
import { readPartial } from './delivery.js'
import { asCount, isSize, itemAt } from './items.js'
import { quoteFor } from './money.js'
import { readMultiple, readShare } from './quantity-share.js'
import * as words from './quantity-words.js'

type Counted = QuantityEntity | BareEntity
type Case = { e: Counted; before: string; after: string; stated: number | null; topical: boolean; item?: Item }

/** How many: 加到300套, 再来一台, 各加60米, 减半, and a bare number where the talk is about one. */
export const readQuantityProposals: Reader = (scene, clause, topic) => {
  const share = readShare(scene, clause) ?? readMultiple(scene, clause)
  if (share) return [share]
  const out: Proposal[] = []
  const counted = countedIn(scene, clause)
  const topical = topic === 'quantity'
  let stated: number | null = null
  for (const [i, e] of counted.entries()) {
    const at = clause.entities.findIndex((other) => other.from === e.from)
    const before = scene.text.slice(Math.max(clause.from, clause.entities[at - 1]?.to ?? clause.from), e.from)
    const after = scene.text.slice(e.to, clause.entities[at + 1]?.from ?? clause.to)
    const next = counted[i + 1]
    // 「200套改成300套」「从200加到300」: the first of two is what it was.
    const same = next !== undefined && !scene.mentions().some((m) => m.from >= e.to && m.to <= next.from)
    const old =
      same &&
      (SET_TAIL.test(scene.text.slice(e.to, next.from)) || /不是\s*$/.test(before) || /^\s?(?:不够|太多|太少)/.test(after))
    if (old || words.NOT_WANTED_BEFORE.test(before) || words.NOT_ENOUGH_AFTER.test(after)) {
      stated = e.value
      continue
    }
    if (e.kind === 'number' && !countsHere(scene, clause, { e, before, after, stated, topical }, topic)) continue
    if (words.TOLD_BEFORE.test(before) || words.TOLD_AFTER.test(after)) continue
    if (words.PACKED_BEFORE.test(before) || words.PACKED_AFTER.test(after)) continue
    const each = /各(?:自|项|样)?[再都多加减少要来订做备个到成给我们帮增补改追]*\s*$/.test(before)
      ? itemsBefore(scene, clause, e)
      : pairBefore(scene, clause, e)
    const items: (Item | undefined)[] = each.length > 1 ? each : [undefined]
    for (const item of items) {
      const found = readOne(scene, clause, { e, before, after, stated, topical, item })
      if (found) out.push(found)
    }
  }
  return out
}

function countedIn(scene: Scene, clause: Clause): Counted[] {
  // 「20的加30吨」: what points at an item counts nothing.
  const points = (e: Entity) => e.kind === 'number' && scene.mentions().some((m) => m.from <= e.from && e.to <= m.to)
  return clause.entities.flatMap((e): Counted[] => {
    if (e.kind === 'amount') return [asCount(scene, clause, e) ?? []].flat()
    return (e.kind === 'quantity' && !isSize(e.unit, scene)) || (e.kind === 'number' && !points(e)) ? [e] : []
  })
}

/** Whether a bare number counts goods here: asked for, or moved by a verb of amount, and near to what is ordered. */
function countsHere(scene: Scene, clause: Clause, { e, before, after, topical }: Case, topic: string | null): boolean {
  if (topical) return !words.SIZE_AFTER.test(after) || words.SIZED.test(before) === false
  if (quoteFor(scene, clause, e as BareEntity)) return false
  // 「24.5就24.5」 is a price, and so is what comes to a total.
  if (!Number.isInteger(e.value) || words.SIZED.test(clause.text) || words.SIZE_AFTER.test(after)) return false
  if (topic !== null && topic !== 'spec') return false
  const index = scene.clauses.indexOf(clause)
  const moved =
    MOVED.test(scene.clauses[index - 1]?.text ?? '') ||
    /改|变|加|减|少|多|要|来|订|做|凑|还是|就|按|共|合计|弄|→|->|用|至少|起码|匀|囤|备|留|拿|发/.test(before) ||
    words.ENOUGH.test(after) ||
    words.PARTIAL_BEFORE.test(before) ||
    words.CORRECTS.test(scene.text)
  return moved && isLikely(scene, e)
}

const MOVED = /[少多加减](?:一)?[点些]|不够|太[多少]/

/** A bare number near to what is ordered; 「最少要3000」 beside 20 箱 speaks of money. */
const isLikely = (scene: Scene, e: Counted): boolean =>
  scene.deal.items.some((item) => item.qty !== null && e.value <= item.qty * 20 && e.value >= item.qty / 20)

/** 「布和纱各加60米」: those named before it, in this clause or the one before. */
function itemsBefore(scene: Scene, clause: Clause, e: Counted): Item[] {
  const named = (from: number) => [
    ...new Set(
      scene
        .mentions()
        .filter((m) => m.from >= from && m.to <= e.from)
        .map((m) => m.item),
    ),
  ]
  const here = named(clause.from)
  if (here.length > 0) return here
  const before = named(scene.offset)
  return before.length > 1 ? before : scene.deal.items
}

/** 「桌椅再加8套」「桌子和椅子都加8套」「桌子椅子矮柜都按34来」: several in one breath. */
function pairBefore(scene: Scene, clause: Clause, e: Counted): Item[] {
  const named = scene.mentions().filter((m) => m.from >= clause.from && m.to <= e.from)
  const last = named.at(-1)
  if (!last) return []
  const row = [last]
  let joined = false
  for (const m of named.slice(0, -1).reverse()) {
    const between = scene.text.slice(m.to, row[0]?.from)
    if (!/^\s*[和跟与及同、+]?\s*$/.test(between)) break
    joined ||= between !== ''
    row.unshift(m)
  }
  const items = [...new Set(row.map(({ item }) => item))]
  const all = /[都均也再各]/.test(scene.text.slice(last.to, e.from))
  return items.length > 1 && (all || !joined) ? items : []
}

/** Unit of the answer: 「300个」 of what is sold by the 套 are 300 套. */
function unitFor(e: Counted, item: Item | null): string | null {
  if (e.kind === 'number') return item?.unit ?? null
  return item?.unit &&
    (LOOSE_UNITS.has(e.unit) || (e.unit === '套' && /[把张台个条双]/.test(item.unit)) || isSameUnit(e.unit, item.unit))
    ? item.unit
    : e.unit
}

/** 三百斤 of what is sold by the kilogram are 150. */
const PER_UNIT: Record<string, number> = {
  '斤/公斤': 0.5,
  '公斤/斤': 2,
  '斤/kg': 0.5,
  '吨/公斤': 1000,
  '公斤/吨': 0.001,
  '斤/吨': 0.0005,
  'kg/吨': 0.001,
  '吨/kg': 1000,
}

/** How many of the deal's unit one of these is: 「3万字」 of what is counted in 万字 are three. */
function shareOf(unit: string, of: string): number | null {
  return of === `万${unit}` ? 1e-4 : (PER_UNIT[`${unit}/${of}`] ?? null)
}

/** A product that the deal does not hold: 「再加50个骨钉」, 「骨钉再来50个」. */
function strangerOf(scene: Scene, clause: Clause, e: Counted): string | null {
  if (e.kind !== 'quantity') return null
  const lead = clause.text.slice(0, e.from - clause.from)
  const listed = /(?:配|加|要|来|带|添|上)([一-龥A-Za-z]{2,8})$/.exec(lead)?.[1]
  const after = /^\s?(?:的)?([一-龥A-Za-z]{2,10}?)(?=$|[吧呢哈啊呀嘛了和跟，,。\s]|一起|一块|就|可以|行|过来|给我)/.exec(
    clause.text.slice(e.to - clause.from),
  )?.[1]
  const first =
    /^\s?(?:那个|这个|另外|还有|然后|对了|顺便|再有|哦|嗯|那|和|以及)*([一-龥A-Za-z]{2,8}?)(?:也|都|还|另外|同时|给我|帮我|麻烦)*(?:再|多|加|追加|增加|要|来|配)/.exec(
      lead,
    )?.[1]
  for (const said of [after, listed, first]) if (said && !words.NOT_A_PRODUCT.test(said) && !isOfDeal(said, scene)) return said
  return null
}

/** 可可液块 shares a word with 可可粉 and is another thing. */
const isOfDeal = (said: string, scene: Scene): boolean =>
  findMentions(said, scene.deal.items).some(
    ({ item, weight }) =>
      weight >= 9 || said.length < 3 || item.name.includes(said) || said.includes(item.name) || said.at(-1) === item.name.at(-1),
  )

function readOne(scene: Scene, clause: Clause, one: Case): Proposal | null {
  const { e, before, after, stated, topical } = one
  const set = SET_TAIL.test(before)
  const add = !set && ADD_TAIL.test(before)
  const subtract = !set && !add && SUBTRACT_TAIL.test(before)
  const want = WANT_TAIL.test(before)
  const sole = words.SOLE.test(before)
  const article = e.kind === 'quantity' && e.article
  const asked = topical || sole || add || subtract || set || words.ENOUGH.test(after)
  if (article && !asked) return null
  const lacking = scene.clauses.some((c) => c.to <= clause.from && /不够|不足|缺|没了|用完/.test(c.text))
  const stranger = one.item || lacking ? null : add || /也要|还要|另外/.test(before) ? strangerOf(scene, clause, e) : null
  const at = { from: e.from, to: e.to, clause }
  if (stranger && scene.open) {
    const unit = e.kind === 'quantity' ? e.unit : null
    // 「再加一个预警功能」 counts nothing; 「再配一套工具」 does.
    const counts = !(article && /[个项条点种]/.test(e.unit))
    const added = { ...at, field: 'item', item: stranger, before: null, after: stranger, strength: 0.85, same: false } as const
    return counts ? { ...added, count: formatQuantity(e.value, unit) } : added
  }
  const item = one.item ?? itemFor(scene, clause, e, stated)
  // 「发一个」「来一趟」 count nothing that is sold.
  if (
    article &&
    !(item && unitFor(e, item) === item.unit && !/^\s?(?:的|[一-龥]{0,3}(?:图|方案|清单|合同|电话|消息|单))/.test(after))
  )
    return null
  if (article && LOOSE_UNITS.has(e.unit) && item?.unit !== e.unit) return null
  const share = e.kind === 'quantity' && item?.unit ? shareOf(e.unit, item.unit) : null
  if (share !== null && e.kind === 'quantity') {
    const max = e.max === null ? null : e.max * share
    return readOne(scene, clause, {
      ...one,
      e: { ...e, value: e.value * share, max, unit: item?.unit ?? e.unit },
      item: item ?? undefined,
    })
  }
  const unit = unitFor(e, item)
  const had = item?.qty ?? stated
  const hadWords = had === null || had === undefined ? null : formatQuantity(had, item?.unit ?? unit)
  if (had !== null && had !== undefined && e.value < had) {
    if (words.PARTIAL_BEFORE.test(before)) return readPartial(scene, clause, e)
    // 「1200套28号先到，86套30号补」: when, and not how many.
    if (scene.entities.some((d) => d.kind === 'date' && d.from >= e.to && d.from - e.to <= 1)) return null
    if (words.BECOMES_AFTER.test(after)) return null
  }
  // Relative to nothing is a first order.
  if ((add || subtract) && (had === null || had === undefined) && (!scene.open || subtract)) return null
  // 「4车不够，再调一台」
  const sameUnit = item?.unit == null || unit === item.unit || (stated !== null && stated === item.qty)
  const relative = had !== null && had !== undefined && (add || subtract) && sameUnit
  // 「多要300套」 of 200 is 300 more; 「要加到」 was handled as set.
  const value = relative ? (add ? had + e.value : had - e.value) : e.value
  const max = e.max === null ? null : relative ? (add ? had + e.max : null) : e.max
  if (value < 0) return null
  const strength =
    set || add || subtract
      ? 1
      : want || topical || sole || words.ENOUGH.test(after)
        ? 0.75
        : bareStrength(scene, clause, e, after)
  const said = scene.raw.slice(e.from, e.to)
  // 「换几台」 says that, not how many.
  const vague = said.includes('几') && !/十几|几十|几百|几千/.test(said)
  // 「再加几套」 has no number to count with.
  const counted = max === null ? formatQuantity(value, unit) : `${formatQuantity(value, null)}-${formatQuantity(max, unit)}`
  // 「还是86」: a number that stands in the deal already, whichever item it belongs to.
  const stands = item === null && !add && !subtract && scene.deal.items.some((i) => i.qty === value)
  const same = (had === value && sameUnit) || stands
  return {
    ...at,
    field: 'quantity',
    item: item?.name || null,
    before: hadWords,
    after: said.includes('几') ? said : counted,
    strength,
    same,
    vague,
  }
}

function itemFor(scene: Scene, clause: Clause, e: Counted, stated: number | null): Item | null {
  const { items } = scene.deal
  if (stated !== null) {
    const exact = items.filter((i) => i.qty === stated)
    const named = scene.mentions().some((m) => m.from >= clause.from && m.to <= e.from)
    if (exact.length === 1 && !named) return exact[0] ?? null
  }
  const found = itemAt(scene, clause, e, { unit: e.kind === 'quantity' ? e.unit : null })
  if (found) return found
  // 「一共2000」 beside 1800片 and 60条.
  const alike = items.filter((i) => i.qty !== null && e.value <= i.qty * 2 && e.value >= i.qty / 2)
  return e.kind === 'number' && alike.length === 1 ? (alike[0] ?? null) : null
}

/** 「300套吧」 with nothing else around it answers or asks; in a longer clause the number may tell of anything. */
function bareStrength(scene: Scene, clause: Clause, e: Counted, after: string): number {
  const rest = clause.text.length - (e.to - e.from)
  const named = scene.mentions().some((m) => m.from >= clause.from && m.to <= clause.to)
  if (scene.rep && named) return 0.6
  if (e.kind === 'number') return 0.3
  if (scene.offset > 0 && clause.from <= scene.offset) return 0.75
  return rest <= 4 || /^\s?(?:吧|好了|就行|就够|可以|得了|算了)/.test(after) ? 0.6 : TOPICS.quantity.test(clause.text) ? 0.7 : 0.3
}
