import type { Clause } from './clauses.js'
import { fromDay } from './entities/calendar.js'
import type { Field } from './finding.js'
import type { View } from './judge.js'
import { meaningOf } from './judge.js'
import {
  ADD_TAIL,
  CONTRAST,
  HEDGE,
  isNewOrder,
  KEPT,
  OTHERS,
  PAST,
  SET_TAIL,
  SUBTRACT_TAIL,
  topicOf,
  WANT_TAIL,
} from './lexicon.js'
import { type Evidence, keeperWeights, readKeeper } from './net/model.js'
import { dayOf } from './proposals/delivery-days.js'
import { ENOUGH } from './proposals/quantity-words.js'
import { onlyWorded } from './proposals/worded.js'
import type { Proposal, Scene } from './scene.js'
import { moodOf, weigh } from './weigh.js'

const yes = (is: boolean): number => (is ? 1 : 0)

/** Complains of what is, or of what was offered. */
export const TOO = /太|不行|不够|来不及|赶不上|不方便|没空|没人|不在|有点|超|贵|高|偏|差|不起|不了|没法|怎么|咋/
/** What happens on the customer's own side: a reason, not a wish. */
const OWN_BUSINESS =
  /验收|活动|开[工业学张]|发船|手术|上线|审计|放假|检修|进场|盘点|考试|开会|年会|出差|休息|生日|结婚|截[关单]|交房|装修|封账|拿到|腾|我们这边|监理|甲方|业主|客户那/
const PART = /一半|其余|剩下|另外|其中|里面|里拿|先|分[两二三\d]/

/** Somebody else has to say yes first. */
export const DEFERS =
  /[跟和向找问](?!你|您).{0,6}(?:说|商量|汇报|请示|合计|确认|对一下|通气)(?!了|过|好)|请示|报备|等(?:我|你)?.{0,6}(?:消息|回复|通知|信)|考虑|问问|商量(?!好|过|了)|申请(?:一下|下)|再说|回头|研究/

/** What the rep has just asked or said, as far as it tells what a bare value is of. */
export type Around = { view: View; dealless: boolean; inquired: boolean; answers: boolean; saysYes: boolean }

const DAYS = 90
/** How sure at least a value is that the rules read without any doubt. */
const PLAIN = 0.6

/** Takes in what speaks for or against; nothing is said of what does not hold. */
type See = (name: string, value: number) => void

/** What the whole message says of each value in it. */
function seeMessage(see: See, scene: Scene, { view, dealless, inquired, answers, saysYes }: Around): void {
  const own = scene.text.length - scene.offset
  if (isNewOrder(scene.text)) see('new order', 1)
  if (DEFERS.test(scene.text)) see('defers', 1)
  if (scene.offset > 0) see('completes a thought', 1)
  if (own <= 12) see('a short message', 1)
  see('a long message', Math.min(2, own / 40))
  if (dealless) see('nothing agreed', 1)
  if (inquired && own <= 14) see('answers a question', 1)
  if (answers) see('answers the rep', 1)
  if (saysYes) see('says yes', 1)
  see('wish', view.wish)
  see('quiet', view.quiet)
  see('wish less quiet', view.wish - view.quiet)
  see(`quiet ${view.about}`, view.quiet)
}

/** What its clause, and those beside it, say of each value in it. */
function seeClause(see: See, scene: Scene, clause: Clause): void {
  const { text } = clause
  const at = scene.clauses.indexOf(clause)
  const index = at >= 0 ? at : scene.clauses.findIndex((c) => c.from <= clause.from && clause.to <= c.to)
  const next = scene.clauses[index + 1]
  const previous = scene.clauses[index - 1]
  see(`mood ${clause.mood}`, 1)
  if (TOO.test(text)) see('too much in its clause', 1)
  if (next && TOO.test(next.text)) see('too much in the next', 1)
  if (OTHERS.test(text)) see('others', 1)
  if (PAST.test(text)) see('past', 1)
  if (HEDGE.test(text)) see('hedged', 1)
  if (KEPT.test(text)) see('kept', 1)
  if (CONTRAST.test(text)) see('contrast', 1)
  if (next?.mood === 'ask') see('asks in the next', 1)
  if (previous?.mood === 'ask') see('asks before', 1)
  if (!next) see('last clause', 1)
  if (!previous || previous.to <= scene.offset) see('first clause', 1)
}

/** What speaks for and against this value itself. */
function seeValue(see: See, p: Proposal, scene: Scene, all: Proposal[], { view, dealless, inquired }: Around): void {
  const { text } = scene
  const { clause, field } = p
  const before = text.slice(Math.max(clause.from, p.from - 12), p.from)
  const after = text.slice(p.to, Math.min(clause.to, p.to + 8))
  const rules = weigh(p, scene)
  const topic = topicOf(clause.text)
  const rest = clause.text.trim().length - (p.to - p.from)
  const read = scene.entities.find((one) => one.from < p.to && p.from < one.to)?.kind ?? 'words'
  let [rivals, agreed, plainer, plainerHere, later] = [0, false, false, false, false]
  for (const q of all) {
    if (q === p) continue
    agreed ||= q.same
    if (q.same) continue
    const above = q.strength > p.strength + 0.1
    plainer ||= above
    if (q.field !== field) continue
    rivals++
    later ||= q.from > p.from
    plainerHere ||= above
  }
  if (agreed) see('what is agreed beside it', 1)
  if (plainer) see('a plainer one', 1)
  if (plainerHere) see('a plainer one in its field', 1)
  if (later) see('a later one in its field', 1)
  see(`is ${field}`, 1)
  see('rules', rules)
  see(`rules ${field}`, rules)
  if (rules >= 0.5) see('rules are sure', 1)
  see('strength', p.strength)
  see(`strength ${field}`, p.strength)
  see(`read from ${read}`, 1)
  see(`${field} from ${read}`, 1)
  if (p.vague) see('vague', 1)
  if (p.span !== undefined) {
    see('words alone', p.span)
    see(`words alone ${field}`, p.span)
    see('words found', 1)
    if (onlyWorded(p)) see('only by its words', 1)
  }
  see(`heard ${field}`, heardAs(view, field))
  if (all.length === 1) see('only value', 1)
  if (rivals > 0) see('rivals in its field', Math.min(2, rivals))
  if (p.item !== null) see('item known', 1)
  if (p.before === null) see('nothing before', 1)
  if (rest <= 3) see('stands alone', 1)
  see('much beside it', Math.min(1, rest / 16))
  if (SET_TAIL.test(before)) see('set', 1)
  if (ADD_TAIL.test(before)) see('add', 1)
  if (SUBTRACT_TAIL.test(before)) see('subtract', 1)
  if (WANT_TAIL.test(before)) see('want', 1)
  if (ENOUGH.test(after)) see('enough', 1)
  if (/^\s?的/.test(after)) see('points on', 1)
  if (TOO.test(after)) see('too much behind it', 1)
  if (topic === field) see('its own topic', 1)
  else if (topic !== null) see('another topic', 1)
  if (OWN_BUSINESS.test(clause.text)) {
    see('own business near', 1)
    see(`own business ${field}`, 1)
  }
  if (PART.test(clause.text)) {
    see('part', 1)
    see(`part ${field}`, 1)
  }
  if (dealless) see(`nothing agreed ${field}`, 1)
  if (inquired && text.length - scene.offset <= 14) see(`answers a question ${field}`, 1)
  const { fields } = meaningOf(view.kind)
  see(fields.includes(field) ? 'the net means this' : 'the net means another', view.wish)
  see(`heard as ${view.kind}, read as ${field}`, view.wish)
  if (field === 'price' && clause.mood === 'ask' && rest <= 2) see('asks with a bare price', 1)
  if (field === 'delivery' && scene.days().length > 0) see('days were named', 1)
  if (field === 'price' && scene.quotes().length > 0) see('prices were named', 1)
  for (const [name, value] of measure(p, scene)) if (value !== 0) see(name, value)
}

/** What speaks for and against a value being asked for, by name: what is learnt from. */
export function evidenceOf(p: Proposal, scene: Scene, all: Proposal[], around: Around): Evidence {
  const evidence: Evidence = {}
  const see: See = (name, value) => {
    evidence[name] = value
  }
  seeMessage(see, scene, around)
  seeClause(see, scene, p.clause)
  seeValue(see, p, scene, all, around)
  return evidence
}

const KINDS: Partial<Record<Field, string>> = { price: 'money', budget: 'money' }
/** How much the net takes the message for a wish of this kind. */
const heardAs = (view: View, field: Field): number => view.kinds[KINDS[field] ?? field] ?? 0

/** How far the value lies from what is agreed. */
function measure(p: Proposal, scene: Scene): [string, number][] {
  if (p.field === 'quantity' || p.field === 'budget') {
    const was = Number.parseFloat(p.before ?? '')
    const is = Number.parseFloat(p.after ?? '')
    if (!(was > 0) || !(is >= 0)) return [[`${p.field} of unknown size`, 1]]
    const ratio = is / was
    const unit = (words: string | null) => (words ?? '').replace(/^[\d.\s-]+/, '')
    return [
      [`${p.field} far from agreed`, yes(ratio > 4 || ratio < 0.2)],
      [`${p.field} near to agreed`, yes(ratio <= 2 && ratio >= 0.5)],
      [`${p.field} in another unit`, yes(unit(p.before) !== unit(p.after))],
    ]
  }
  if (p.field === 'delivery') {
    const agreed = dayOf(scene.deal.delivery)
    const day = dayOf(p.after)
    if (agreed === null || day === null) return [['day without measure', 1]]
    return [
      ['day far from agreed', yes(Math.abs(day - agreed) > DAYS)],
      ['day near to agreed', yes(Math.abs(day - agreed) <= 15)],
      ['day in the agreed month', yes(fromDay(day).month === fromDay(agreed).month)],
      ['day is today', yes(day === scene.today)],
    ]
  }
  return []
}

/** How surely each value is asked for, 0..1: learnt from the labelled turns, beside what the rules think of it. */
export function keepAll(all: Proposal[], scene: Scene, around: Around): void {
  const { bias } = readKeeper()
  const weights = keeperWeights()
  const heard = (look: (see: See) => void): number => {
    let sum = 0
    look((name, value) => {
      sum += (weights.get(name) ?? 0) * value
    })
    return sum
  }
  let message: number | null = null
  const clauses = new Map<Clause, number>()
  for (const p of all) {
    if (p.same) {
      p.sure = 0.1
      continue
    }
    message ??= heard((see) => seeMessage(see, scene, around))
    let clause = clauses.get(p.clause)
    if (clause === undefined) {
      clause = heard((see) => seeClause(see, scene, p.clause))
      clauses.set(p.clause, clause)
    }
    const sum = bias + message + clause + heard((see) => seeValue(see, p, scene, all, around))
    const sure = damp(p, scene) / (1 + Math.exp(-sum))
    // What a verb of change says outright is not weighed away: 「改成500套，下下周五前送到」.
    p.sure = p.strength >= 0.95 && weigh(p, scene) >= 0.9 ? Math.max(sure, PLAIN) : sure
  }
}

/** What is said too seldom to be learnt, and leaves little room for doubt. */
function damp(p: Proposal, scene: Scene): number {
  const mood = moodOf(p, scene)
  return (isNewOrder(scene.text) ? 0.4 : 1) * (mood === 'past' ? 0.5 : mood === 'others' ? 0.7 : 1)
}
