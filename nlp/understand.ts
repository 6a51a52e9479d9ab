import { agrees, PROPOSES, REPORTED, SETTLES } from './agree.js'
import type { Mood } from './clauses.js'
import { fillFromContext, lastOfRep, thoughtBefore } from './conversation.js'
import { parseIso } from './entities/calendar.js'
import type { ChangeType, Field, Finding, Question, Slot, Span } from './finding.js'
import { CHANGE_WORD, KEPT } from './lexicon.js'
import { normalize } from './normalize.js'
import { makeScene, readProposals, topicOf } from './read-scene.js'
import type { Proposal, Scene } from './scene.js'
import { readSignals } from './signals.js'
import { CANCEL, NOT_WITHDRAW, undoSlots, WITHDRAW } from './withdraw.js'

/** Above this a message is called a change. */
export const THRESHOLD = 0.5

/** How much of a value's plainness its mood leaves. */
const MOOD: Record<Mood, number> = { state: 1, request: 0.95, ask: 0.3, suppose: 0.35, past: 0.3, others: 0.2 }

const TYPE: Record<Field, ChangeType> = {
  quantity: '功能增减',
  item: '功能增减',
  spec: '功能增减',
  delivery: '交付时间调整',
  price: '预算范围变动',
  budget: '预算范围变动',
  terms: '其他',
  other: '其他',
}
const ORDER: ChangeType[] = ['功能增减', '交付时间调整', '预算范围变动', '其他', '撤回']

/** A message longer than this is a document; reading its beginning bounds the time. */
const LONGEST = 2000

/** Whether the customer's newest message asks for something new or different, of which kind, from what to what. Pure. */
export function understand(question: Question): Finding {
  const today = parseIso(question.today) ?? 0
  const raw = question.text.slice(0, LONGEST)
  const context = question.context.slice(-12).map((turn) => ({ ...turn, text: turn.text.slice(0, LONGEST) }))
  const deal = fillFromContext(question.deal, context, today)
  const open = question.deal !== null || deal.items.length > 0 || deal.delivery !== null || deal.budget !== null
  const setting = { deal, open, today }
  const signals = readSignals(normalize(raw))
  const none: Finding = { change: false, score: 0.02, types: [], slots: [], signals, spans: [] }
  if (raw.trim() === '') return { ...none, score: 0 }

  const inContext = () =>
    context
      .slice(-6)
      .flatMap((turn) => readProposals(makeScene(turn.text, setting)).filter((p) => !p.same && p.strength >= 0.5))
      .reverse()
  const taken = takenBack(raw, open, inContext)
  if (taken) return { ...none, ...taken, change: true }

  const rep = lastOfRep(context)
  if (agrees(raw) || SETTLES.test(normalize(raw))) {
    const proposed = agreedTo(rep, raw, setting, inContext)
    if (proposed.length > 0) return conclude(none, makeScene(raw, setting), proposed, 0.82)
  }
  const scene = makeScene(raw, { ...setting, prefix: thoughtBefore(context, raw) })
  const proposals = readProposals(scene)
  return judge(none, scene, proposals, inContext)
}

type Ask = () => Proposal[]

function takenBack(raw: string, open: boolean, inContext: Ask): Pick<Finding, 'score' | 'types' | 'slots' | 'spans'> | null {
  const text = normalize(raw)
  const cancel = CANCEL.exec(text)
  const back = cancel ?? WITHDRAW.exec(text)
  if (!back || NOT_WITHDRAW.test(text) || /[?？]|吗/.test(text.slice(back.index))) return null
  const slots = cancel ? [] : undoSlots(inContext())
  const score = slots.length > 0 || cancel ? 0.93 : open ? 0.78 : 0.6
  return { score, types: ['撤回'], slots, spans: [{ from: back.index, to: back.index + back[0].length, field: 'other' }] }
}

/** What a yes agrees to: the rep's last proposal, else, with 「就这么定」, what the customer had asked about. */
function agreedTo(rep: string, raw: string, setting: Parameters<typeof makeScene>[1], inContext: Ask): Proposal[] {
  if (rep !== '' && PROPOSES.test(rep) && !REPORTED.test(rep)) {
    const proposed = readProposals(makeScene(rep, setting)).filter((p) => !p.same && p.strength >= 0.5)
    if (proposed.length > 0) return proposed
  }
  return SETTLES.test(normalize(raw)) ? firstOfEach(inContext()) : []
}

function firstOfEach(proposals: Proposal[]): Proposal[] {
  const seen = new Set<string>()
  return proposals.filter((p) => {
    const key = `${p.field}/${p.item ?? ''}`
    return !seen.has(key) && seen.add(key)
  })
}

function conclude(none: Finding, scene: Scene, proposals: Proposal[], score: number): Finding {
  const length = scene.raw.length
  return {
    ...none,
    change: score >= THRESHOLD,
    score,
    types: typesOf(proposals),
    slots: proposals.map(toSlot),
    spans: [{ from: 0, to: length, field: 'other' }],
  }
}

const toSlot = ({ field, item, before, after }: Proposal): Slot => ({ field, item: item === '' ? null : item, before, after })

const typesOf = (proposals: Proposal[]): ChangeType[] => {
  const set = new Set(proposals.map((p) => TYPE[p.field]))
  return ORDER.filter((type) => set.has(type))
}

function weigh(p: Proposal, scene: Scene): number {
  if (p.same) return 0.1
  let weight = p.strength * MOOD[p.clause.mood]
  if (!scene.open) weight *= p.before === null && !/改|换|推迟|延|提前|调|取消|加急/.test(p.clause.text) ? 0.3 : 0.85
  if (KEPT.test(p.clause.text) && p.strength < 0.9) weight *= 0.5
  return weight
}

function judge(none: Finding, scene: Scene, proposals: Proposal[], inContext: Ask): Finding {
  const weighed = proposals.map((p) => ({ p, weight: weigh(p, scene) }))
  const kept = weighed.filter(({ weight }) => weight >= THRESHOLD)
  const back = kept.length === 0 ? returned(scene, proposals, inContext) : []
  if (back.length > 0) {
    return { ...none, change: true, score: 0.75, types: ['撤回'], slots: undoSlots(back), spans: spansOf(proposals, scene) }
  }
  if (kept.length > 0) {
    const sure = 1 - kept.reduce((rest, { weight }) => rest * (1 - Math.min(weight, 0.97)), 1)
    const found = kept.map(({ p }) => p)
    return {
      ...none,
      change: true,
      score: Math.round(Math.min(sure, 0.99) * 100) / 100,
      types: typesOf(found),
      slots: found.map(toSlot),
      spans: spansOf(found, scene),
    }
  }
  const vague = vagueChange(scene)
  const score = Math.max(0.02, vague?.score ?? 0, ...weighed.map(({ weight }) => weight))
  if (vague && score >= THRESHOLD) return { ...none, change: true, score, types: vague.types, spans: vague.spans }
  return { ...none, score: Math.round(score * 100) / 100 }
}

/** 「还是200套吧」 after 「加到300套」: the deal's own value, named again to take the other back. */
function returned(scene: Scene, proposals: Proposal[], inContext: Ask): Proposal[] {
  const own = scene.text.slice(scene.offset)
  if (/^.{0,6}(?:还是|那就|就|改回|要回)/.test(own) && own.length <= 16 && !/[?？]|吗/.test(own)) {
    const named = inContext().filter(
      (p) => p.before !== null && (own.includes(p.before) || own.replace(/\s/g, '').includes(p.before.replace(/\s/g, ''))),
    )
    if (named.length > 0) return named
  }
  const named = proposals.filter((p) => p.same && /还是|就|那|算了|改回|只要/.test(p.clause.text) && p.clause.mood !== 'ask')
  if (named.length === 0) return []
  return inContext().filter((p) => named.some((n) => n.field === p.field && n.item === p.item))
}

const spansOf = (proposals: Proposal[], scene: Scene): Span[] =>
  proposals
    .map((p) => ({ from: Math.max(0, p.from - scene.offset), to: Math.max(0, p.to - scene.offset), field: p.field }))
    .filter((s) => s.to > s.from)

/** 「数量要调整一下」: a change is announced, its value still to come. */
function vagueChange(scene: Scene): { score: number; types: ChangeType[]; spans: Span[] } | null {
  for (const clause of scene.clauses) {
    if (clause.from < scene.offset || clause.mood === 'past' || clause.mood === 'others' || clause.mood === 'suppose') continue
    const match = CHANGE_WORD.exec(clause.text)
    if (!match || KEPT.test(clause.text)) continue
    const topic = topicOf(clause.text)
    const asked = clause.mood === 'ask'
    const score = (topic === null ? 0.55 : 0.68) * (asked ? 0.5 : 1) * (scene.open ? 1 : 0.95)
    const from = clause.from + match.index - scene.offset
    return {
      score,
      types: [
        topic === null
          ? /需求|功能|方案|图纸|设计|配置|清单|产品|型号|品种/.test(clause.text)
            ? '功能增减'
            : '其他'
          : TYPE[topic],
      ],
      spans: [{ from, to: from + match[0].length, field: topic ?? 'other' }],
    }
  }
  return null
}
