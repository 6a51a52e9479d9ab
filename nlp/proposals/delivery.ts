import type { Clause } from '../clauses.js'
import { type Day, toIso } from '../entities/calendar.js'
import { bareDay } from '../entities/date-days.js'
import type { BareEntity, DateEntity, DurationEntity } from '../entities/entity.js'
import { EARLIER_TAIL, LATER_TAIL, SET_TAIL } from '../lexicon.js'
import type { Proposal, Reader, Scene } from '../scene.js'
import { addLength, dayOf, settleBareDay, shiftBy } from './delivery-days.js'
import { DELIVERY_AFTER, DELIVERY_BEFORE, DELIVERY_NOUN, NOT_VAGUE, OTHER_BUSINESS, VAGUE, WILL } from './delivery-words.js'

const OLD_BEFORE = /(?:不要|不是|原定|原来(?:的|说)?|本来(?:的|说)?|说好的?|说的|定的|从|由)\s*$/
const OLD_AFTER = /^\s?(?:的会|不行|来不及|太晚|太早|赶不上|不在|没空|有事|没人|不方便|那个?不|那天不)/
const MOVE_BETWEEN = /改|换|调|推|延|提|挪|->|→|不行|来不及|太晚|太早|赶不上|有事|没人|没空/

/** 「今年的出货明细」: the date says which, not when. */
const ATTRIBUTE = /^(?:份)?的(?!时候|话|前|后)|^(?:份)?(?:那|这)(?:批|单|次|车)|^(?:的)?(?:信息|市场)?(?:价|行情)|^\s?[¥\d]/
/** 「六月三号要到」 */
const COMES =
  /^(?:之前|以前|前)?(?:就|必须|务必|一定|都|才|再)?(?:要|得|能|给我)?(?:到(?!你|期|账|公司)|送(?!样|合同)|发货|交货|卸)/
const GOODS_MOVE = /交期|交货|到货|发货|送货/
/** What belongs to a date stands beside it: voice input puts a whole story into one clause. */
const near = (before: string, after: string) => `${before.slice(-10)}${after.slice(0, 9)}`

type Case<E> = { e: E; before: string; after: string; agreed: Day | null; topical: boolean }

const shiftWords = (text: string) => text.replace(/\s+/g, '')

/** When the goods come: a date, a length of time, or a wish without either. */
export const readDeliveryProposals: Reader = (scene, clause, topic) => {
  if (topic === 'terms' || topic === 'budget') return []
  const out: Proposal[] = []
  const times = clause.entities.filter((e): e is DateEntity | DurationEntity => e.kind === 'date' || e.kind === 'duration')
  const agreed = dayOf(scene.deal.delivery)
  for (const [i, e] of times.entries()) {
    const at = clause.entities.indexOf(e)
    const before = scene.text.slice(Math.max(clause.from, clause.entities[at - 1]?.to ?? clause.from), e.from)
    const after = scene.text.slice(e.to, clause.entities[at + 1]?.from ?? clause.to)
    const next = times[i + 1]
    // The first of two was the old date: 「15号改成25号」「不要15号要25号」.
    if (next && MOVE_BETWEEN.test(scene.text.slice(e.to, next.from))) continue
    if (OLD_BEFORE.test(before) || OLD_AFTER.test(after)) continue
    const topical = topic === 'delivery'
    const found =
      e.kind === 'date'
        ? readDate(scene, clause, { e, before, after, agreed, topical })
        : readLength(scene, clause, { e, before, after, agreed, topical })
    if (found) out.push(found)
  }
  for (const e of clause.entities) {
    const found = e.kind === 'number' ? readBareDay(scene, clause, { e, topical: topic === 'delivery', agreed }) : null
    if (found) out.push(found)
  }
  const vague = out.length === 0 ? readVague(scene, clause) : null
  return vague ? [vague] : out
}

function readDate(scene: Scene, clause: Clause, { e, before, after, agreed, topical }: Case<DateEntity>): Proposal | null {
  const noun = topical || DELIVERY_NOUN.test(clause.text)
  if (
    e.past ||
    ATTRIBUTE.test(after) ||
    (OTHER_BUSINESS.test(near(before, after)) && !GOODS_MOVE.test(clause.text) && !COMES.test(after))
  )
    return null
  const set = SET_TAIL.test(before) || /(?:改|换|调整|提前|推迟|延期|延后|顺延|挪)(?:到|成|为|至|在)?\s*$/.test(before)
  const worded = noun || DELIVERY_AFTER.test(after) || /(?:送到|发到|到货|赶在|送|发)\s*$/.test(before)
  const direction = /提前|提早|往前|早/.test(before) ? -1 : /推迟|延|往后|拖|晚|缓|顺|宽/.test(before) ? 1 : 0
  const iso = settleDay(scene, e, agreed, direction)
  if (iso === null || isVast(iso)) return null
  const rest = clause.text.length - (e.to - e.from)
  const willed = WILL.test(before) || WILL.test(after) || e.bound === 'by'
  const whole = scene.clauses.length === 1 || scene.offset > 0 || scene.topic === 'delivery'
  const alone = rest <= 3 ? (whole ? 0.6 : 0.3) : DELIVERY_BEFORE.test(before) && rest <= 10 ? 0.55 : 0.2
  const accepted = /^(?:左右)?(?:也?可以|也?行|能接受|没问题|我们?能接受|OK|ok|就行|就好)/.test(after)
  const strength = set ? 1 : worded ? (willed ? 0.85 : 0.7) : accepted ? 0.7 : alone
  const same = scene.deal.delivery === iso || (agreed !== null && agreed === dayOf(iso) && !iso.includes('/'))
  return {
    field: 'delivery',
    item: null,
    before: scene.deal.delivery,
    after: iso,
    from: e.from,
    to: e.to,
    clause,
    strength,
    same,
  }
}

const DAY_BEFORE = /(?:最晚|最迟|最快|改|到|要|就|按|等|推|前|后|是|在|那就|还是|一定要|约|定)\s*$/
const DAY_AFTER = /^\s?(?:之前|以前|前|左右|也?可以|也?行|吧|就行|到|送|发|交|要|上午|下午|晚上|一早|那天|当天|OK|ok)/

/** 「最晚28」「26也行」 while days are being talked of. */
function readBareDay(
  scene: Scene,
  clause: Clause,
  { e, topical, agreed }: { e: BareEntity; topical: boolean; agreed: Day | null },
): Proposal | null {
  if (!Number.isInteger(e.value) || e.value < 1 || e.value > 31 || e.max !== null || e.approximate) return null
  const before = scene.text.slice(Math.max(clause.from, e.from - 5), e.from)
  const after = scene.text.slice(e.to, clause.to)
  const worded = DAY_BEFORE.test(before) || DAY_AFTER.test(after)
  const alone = clause.text.trim().length - (e.to - e.from) <= 2
  if (!worded && !alone) return null
  const days = scene.clauses.some((c) => c.entities.some((one) => one.kind === 'date'))
  if (!topical && !days && scene.days().length === 0) return null
  const day = bareDay(e.value, scene.today)
  if (day === null) return null
  const date: DateEntity = {
    kind: 'date',
    from: e.from,
    to: e.to,
    iso: toIso(day),
    bound: 'on',
    time: null,
    bareDay: true,
    past: false,
  }
  const iso = settleDay(scene, date, agreed, 0)
  if (iso === null) return null
  const { delivery } = scene.deal
  const strength = /最晚|最迟|一定要/.test(before) || /^\s?(?:之前|以前|前)/.test(after) ? 0.7 : 0.55
  return {
    field: 'delivery',
    item: null,
    before: delivery,
    after: iso,
    from: e.from,
    to: e.to,
    clause,
    strength,
    same: delivery === iso,
  }
}

/** The date that is meant, beside what is agreed and what is still to come; `null` for one that has passed. */
function settleDay(scene: Scene, e: DateEntity, agreed: Day | null, direction: -1 | 0 | 1): string | null {
  const iso = e.bareDay ? (namedBefore(scene, e.iso) ?? settleBareDay(e.iso, agreed, direction, scene.today)) : e.iso
  const day = dayOf(iso)
  // 「顺延到周一」: the Monday after the agreed day.
  const weekday = /周|星期|礼拜/.test(scene.text.slice(e.from, e.to)) && !iso.includes('/')
  if (weekday && direction === 1 && day !== null && agreed !== null && day < agreed)
    return toIso(day + Math.ceil((agreed - day) / 7) * 7)
  const near = weekday && !/[下这本上]个?[周星礼]/.test(scene.text.slice(e.from, e.to)) ? sameWeek(scene, day) : null
  if (near !== null) return toIso(near)
  if (day === null || day >= scene.today) return iso
  // 「这周四」 said on a Saturday: the Thursday to come.
  return weekday ? toIso(day + 7) : null
}

/** 「那约周四」 after 「下周三以后」: the Thursday of that week. */
function sameWeek(scene: Scene, day: Day | null): Day | null {
  const named = dayOf(scene.days()[0] ?? null)
  if (day === null || named === null || named < day || named - day > 13) return null
  const there = day + Math.floor((named - day + 6) / 7) * 7
  return Math.abs(there - named) <= 3 ? there : null
}

/** 今年, 上半年: says in which time, not when. */
function isVast(iso: string): boolean {
  const [a = '', b = a] = iso.split('/')
  return (dayOf(b) ?? 0) - (dayOf(a) ?? 0) > 100
}

/** 「15号可以」 after 「6月15号给您送」 or 「六月中旬」. */
function namedBefore(scene: Scene, iso: string): string | null {
  const number = iso.slice(-3)
  for (const named of scene.days()) {
    const [a = '', b = a] = named.split('/')
    if (iso.includes('/') || (dayOf(b) ?? 0) < scene.today) continue
    if (a.endsWith(number) || b.endsWith(number)) return a.endsWith(number) ? a : b
    const inside = `${b.slice(0, 7)}${number}`
    if (a !== b && inside >= a && inside <= b) return inside
  }
  return null
}

function readLength(scene: Scene, clause: Clause, { e, before, after, agreed, topical }: Case<DurationEntity>): Proposal | null {
  if (/付款|结款|账期|月结|质保|保修|有效期|培训|每|第/.test(clause.text)) return null
  const earlier = EARLIER_TAIL.test(before)
  const later = !earlier && LATER_TAIL.test(before)
  const at = { field: 'delivery' as const, item: null, before: scene.deal.delivery, from: e.from, to: e.to, clause, same: false }
  if (earlier || later) {
    if (
      NOT_VAGUE.test(clause.text) ||
      /付|款|回复|联系|聊|没关系|都行|无所谓|不要紧|没事|^\s?(?:定|订|约|报|申请|下单|给到|告|说|通)/.test(after) ||
      /货款|款子|钱|资金/.test(before)
    )
      return null
    const tail = (earlier ? EARLIER_TAIL : LATER_TAIL).exec(before)
    const from = e.from - (tail?.[0].length ?? 0)
    const moved = agreed === null ? shiftWords(scene.raw.slice(from, e.to)) : shiftBy(agreed, e, earlier ? -1 : 1)
    // 「宽限几天」 says which way, not how far.
    const vague = /几/.test(scene.text.slice(e.from, e.to)) && !/十几|几十/.test(scene.text.slice(e.from, e.to))
    return { ...at, from, after: moved, strength: 0.95, vague }
  }
  if (OTHER_BUSINESS.test(after.slice(0, 9))) return null
  const set = SET_TAIL.test(before)
  const worded = topical || DELIVERY_AFTER.test(after) || /交期|货期|工期|交货|到货|发货/.test(clause.text)
  if (!set && !(worded && (e.bound !== 'none' || topical || /交期|货期|工期/.test(clause.text)))) return null
  const iso = addLength(scene.today, e)
  const willed = e.bound !== 'none' || WILL.test(before) || WILL.test(after)
  return { ...at, after: iso, strength: set ? 0.9 : willed ? 0.75 : 0.6, same: scene.deal.delivery === iso }
}

function readVague(scene: Scene, clause: Clause): Proposal | null {
  const match = VAGUE.exec(clause.text)
  if (!match || NOT_VAGUE.test(clause.text)) return null
  const from = clause.from + match.index
  const to = from + match[0].length
  const strong = /加急|推迟|延后|延期|提前|暂停|先(?:别|不)|分.批|分批|往后|通知再|暂缓|缓/.test(match[0])
  const after = shiftWords(scene.raw.slice(from, to))
  return {
    field: 'delivery',
    item: null,
    before: scene.deal.delivery,
    after,
    from,
    to,
    clause,
    strength: strong ? 0.75 : 0.6,
    same: false,
    vague: !/[分先别停]|通知/.test(match[0]),
  }
}

/** 「先发100套」: a part now, the rest later. */
export function readPartial(scene: Scene, clause: Clause, e: { from: number; to: number }): Proposal {
  const from = Math.max(clause.from, scene.text.lastIndexOf('先', e.from))
  return {
    field: 'delivery',
    item: null,
    before: scene.deal.delivery,
    after: scene.raw.slice(from, e.to).trim(),
    from,
    to: e.to,
    clause,
    strength: 0.76,
    same: false,
  }
}
