import { fromDay } from './entities/calendar.js'
import type { Field } from './finding.js'
import type { View } from './judge.js'
import { meaningOf } from './judge.js'
import {
  ADD_TAIL,
  CONTRAST,
  HEDGE,
  KEPT,
  NEW_ORDER,
  OTHERS,
  PAST,
  SET_TAIL,
  SUBTRACT_TAIL,
  TOPICS,
  topicOf,
  WANT_TAIL,
} from './lexicon.js'
import { type Evidence, readKeeper } from './net/model.js'
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

/** What speaks for and against a value being asked for. */
export function evidenceOf(
  p: Proposal,
  scene: Scene,
  all: Proposal[],
  { view, dealless, inquired, answers, saysYes }: Around,
): Evidence {
  const { text } = scene
  const { clause, field } = p
  const at = scene.clauses.indexOf(clause)
  const index = at >= 0 ? at : scene.clauses.findIndex((c) => c.from <= p.from && p.to <= c.to)
  const before = text.slice(Math.max(clause.from, p.from - 12), p.from)
  const after = text.slice(p.to, Math.min(clause.to, p.to + 8))
  const next = scene.clauses[index + 1]
  const previous = scene.clauses[index - 1]
  const rules = weigh(p, scene)
  const topic = topicOf(clause.text)
  const rivals = all.filter((q) => q !== p && q.field === field && !q.same)
  const rest = clause.text.trim().length - (p.to - p.from)
  const kind = meaningOf(view.kind)
  const e = scene.entities.find((one) => one.from < p.to && p.from < one.to)
  const own = text.length - scene.offset
  const evidence: Evidence = {
    [`is ${field}`]: 1,
    rules,
    [`rules ${field}`]: rules,
    'rules are sure': yes(rules >= 0.5),
    strength: p.strength,
    [`strength ${field}`]: p.strength,
    [`mood ${clause.mood}`]: 1,
    [`read from ${e?.kind ?? 'words'}`]: 1,
    [`${field} from ${e?.kind ?? 'words'}`]: 1,
    vague: yes(p.vague === true),
    'words alone': p.span ?? 0,
    [`words alone ${field}`]: p.span ?? 0,
    'words found': yes(p.span !== undefined),
    'only by its words': yes(onlyWorded(p)),
    [`heard ${field}`]: heardAs(view, field),
    'only value': yes(all.length === 1),
    'rivals in its field': Math.min(2, rivals.length),
    'a later one in its field': yes(rivals.some((q) => q.from > p.from)),
    'a plainer one': yes(all.some((q) => q !== p && !q.same && q.strength > p.strength + 0.1)),
    'a plainer one in its field': yes(rivals.some((q) => q.strength > p.strength + 0.1)),
    'what is agreed beside it': yes(all.some((q) => q !== p && q.same)),
    'item known': yes(p.item !== null),
    'nothing before': yes(p.before === null),
    'stands alone': yes(rest <= 3),
    'much beside it': Math.min(1, rest / 16),
    set: yes(SET_TAIL.test(before)),
    add: yes(ADD_TAIL.test(before)),
    subtract: yes(SUBTRACT_TAIL.test(before)),
    want: yes(WANT_TAIL.test(before)),
    enough: yes(ENOUGH.test(after)),
    'points on': yes(/^\s?的/.test(after)),
    'too much behind it': yes(TOO.test(after)),
    'too much in its clause': yes(TOO.test(clause.text)),
    'too much in the next': yes(next !== undefined && TOO.test(next.text)),
    'its own topic': yes(topic === field),
    'another topic': yes(topic !== null && topic !== field),
    'own business near': yes(OWN_BUSINESS.test(clause.text)),
    [`own business ${field}`]: yes(OWN_BUSINESS.test(clause.text)),
    others: yes(OTHERS.test(clause.text)),
    past: yes(PAST.test(clause.text)),
    hedged: yes(HEDGE.test(clause.text)),
    kept: yes(KEPT.test(clause.text)),
    part: yes(PART.test(clause.text)),
    [`part ${field}`]: yes(PART.test(clause.text)),
    contrast: yes(CONTRAST.test(clause.text)),
    'new order': yes(NEW_ORDER.test(text)),
    defers: yes(DEFERS.test(text)),
    'asks in the next': yes(next?.mood === 'ask'),
    'asks before': yes(previous?.mood === 'ask'),
    'last clause': yes(next === undefined),
    'first clause': yes(previous === undefined || previous.to <= scene.offset),
    'completes a thought': yes(scene.offset > 0),
    'a short message': yes(own <= 12),
    'a long message': Math.min(2, own / 40),
    'nothing agreed': yes(dealless),
    [`nothing agreed ${field}`]: yes(dealless),
    'answers a question': yes(inquired && own <= 14),
    [`answers a question ${field}`]: yes(inquired && own <= 14),
    'answers the rep': yes(answers),
    'says yes': yes(saysYes),
    wish: view.wish,
    quiet: view.quiet,
    'wish less quiet': view.wish - view.quiet,
    'the net means this': kind.fields.includes(field) ? view.wish : 0,
    'the net means another': kind.fields.includes(field) ? 0 : view.wish,
    [`heard as ${view.kind}, read as ${field}`]: view.wish,
    [`quiet ${view.about}`]: view.quiet,
    'asks with a bare price': yes(field === 'price' && clause.mood === 'ask' && rest <= 2),
    'days were named': yes(field === 'delivery' && scene.days().length > 0),
    'prices were named': yes(field === 'price' && scene.quotes().length > 0),
  }
  for (const [name, value] of measure(p, scene)) evidence[name] = value
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

/** How surely the value is asked for, 0..1: learnt from the labelled turns, beside what the rules think of it. */
export function keepOf(p: Proposal, scene: Scene, all: Proposal[], around: Around): number {
  if (p.same) return 0.1
  const { weights, bias } = readKeeper()
  let sum = bias
  for (const [name, value] of Object.entries(evidenceOf(p, scene, all, around))) sum += (weights[name] ?? 0) * value
  return damp(p, scene) / (1 + Math.exp(-sum))
}

/** What is said too seldom to be learnt, and leaves little room for doubt. */
function damp(p: Proposal, scene: Scene): number {
  const mood = moodOf(p, scene)
  return (NEW_ORDER.test(scene.text) ? 0.4 : 1) * (mood === 'past' ? 0.5 : mood === 'others' ? 0.7 : 1)
}

/** Words of a topic stand in the message: what is left of this when no value is. */
export const namesTopic = (text: string, field: Field): boolean => TOPICS[field as keyof typeof TOPICS]?.test(text) ?? false
