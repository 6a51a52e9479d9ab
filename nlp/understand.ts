import { beginsWithYes, readAgreed } from './agree.js'
import { fillFromContext, itemBefore, thoughtBefore, topicBefore } from './conversation.js'
import { parseIso } from './entities/calendar.js'
import type { ChangeType, Deal, Finding, Question, Slot, Span, Turn } from './finding.js'
import { judge, meaningOf, offerOf, viewOf } from './judge.js'
import { CONTRAST } from './lexicon.js'
import { makeScene, readProposals, type Setting } from './read-scene.js'
import type { Proposal, Scene } from './scene.js'
import { heardSignals, readSignals } from './signals.js'
import { readAnnounced } from './vague.js'
import { combine, round, THRESHOLD, typesOf, weigh } from './weigh.js'
import { type Earlier, readTakenBack, returnsTo } from './withdraw.js'

/** A message longer than this is a document; reading its beginning bounds the time. */
const LONGEST = 2000

/** The most that a first message with no deal can score. */
const FIRST = 0.45

/** How sure a yes is to what only the net takes for a proposal. */
const YES = 0.45

/** What the rules alone have found, before the net is heard. */
type Reading = { score: number; types: ChangeType[]; values: Proposal[]; spans: Span[] }

/**
 * Whether the customer's newest message asks for something new or different than the deal says, agrees to it, completes
 * or withdraws it; of which kind; from what to what. Pure: the same question gives the same finding.
 */
export function understand(question: Question): Finding {
  const raw = question.text.slice(0, LONGEST)
  const none: Finding = {
    change: false,
    score: 0,
    types: [],
    slots: [],
    signals: [],
    spans: [],
    why: { rules: 0, net: 0, kind: '' },
  }
  if (raw.trim() === '') return none

  const today = parseIso(question.today) ?? 0
  const context = question.context.slice(-12).map(({ speaker, text }) => ({ speaker, text: text.slice(0, LONGEST) }))
  const deal = fillFromContext(question.deal, context, today)
  const open = question.deal !== null || deal.items.length > 0 || deal.delivery !== null || deal.budget !== null
  const setting = { deal, open, agreed: question.deal !== null, today }

  const scene = makeScene(raw, {
    ...setting,
    prefix: thoughtBefore(context, raw),
    topic: topicBefore(context),
    mentioned: itemBefore(context, question.deal),
  })
  const proposals = readProposals(scene)
  const reading = readByRules(scene, proposals, { raw, context, setting })
  const view = viewOf(scene.text, today, scene)
  const yes = beginsWithYes(raw) || (view.yes > view.quiet && view.yes > view.wish)
  const offer = reading.types.length === 0 && yes ? offerOf(context, today, setting.agreed) : null
  const wished = round(judge(offer && beginsWithYes(raw) ? Math.max(reading.score, YES) : reading.score, view, offer !== null))
  // Nothing is agreed and nothing was said: there is nothing yet to differ from.
  const first = question.deal === null && !context.some(({ speaker }) => speaker === 'customer') && !CONTRAST.test(scene.text)
  const score = first ? Math.min(wished, FIRST) : wished
  const said = readSignals(scene.text.slice(scene.offset))
  const heard = heardSignals(view, { text: raw, dealless: question.deal === null })
  const signals = [...said, ...heard.filter(({ name }) => !said.some((one) => one.name === name))]
  const why = { rules: reading.score, net: round(view.wish - view.quiet), kind: view.kind }
  // Whoever names nothing but what is agreed asks for nothing new, however much it sounds like it.
  const restates = reading.types.length === 0 && proposals.length > 0 && proposals.every((p) => p.same) && score < 0.65
  if (score < THRESHOLD || restates) return { ...none, score: Math.min(score, THRESHOLD - 0.01), signals, why }

  // The net knows that something is asked for; the rules, what could be meant by it.
  const { type, fields } = meaningOf(view.kind)
  const meant = proposals.filter((p) => !p.same && fields.includes(p.field))
  const found =
    reading.types.length > 0
      ? reading
      : offer !== null
        ? { types: [offer], values: [], spans: [] }
        : { types: meant.length > 0 ? typesOf(meant) : [type], values: meant, spans: [] }
  const spans = found.spans.length > 0 ? found.spans : spansOf(found.values, scene)
  const slots = found.values.flatMap((p) => toSlots(p, question.deal))
  return { change: true, score, types: found.types, slots, signals, spans, why }
}

type Said = { raw: string; context: Turn[]; setting: Setting }

function readByRules(scene: Scene, proposals: Proposal[], { raw, context, setting }: Said): Reading {
  const earlier: Earlier = () =>
    context
      .slice(-6)
      .flatMap((turn) => {
        const then = makeScene(turn.text, setting)
        return readProposals(then).filter((p) => weigh(p, then) >= THRESHOLD)
      })
      .reverse()
  const wishes = proposals.filter((p) => weigh(p, scene) >= THRESHOLD)
  const shifted = () => wishes.map((p) => ({ ...p, from: p.from - scene.offset, to: p.to - scene.offset }))
  const back = readTakenBack(raw, scene.open, earlier, shifted)
  if (back) return { ...back, types: ['撤回'], values: [] }
  // 「还是800」 names the deal's value again: that is no new wish.
  if ((wishes.length === 0 || /还是|改回/.test(raw)) && returnsTo(scene, proposals, earlier))
    return { score: 0.75, types: ['撤回'], values: [], spans: spansOf(proposals, scene) }
  const agreed = wishes.length > 0 && !beginsWithYes(raw) ? [] : readAgreed(raw, context, setting, earlier)
  if (agreed.length > 0 && wishes.length > 0) {
    // 「换吧，那就提前三天」: yes to what was proposed, and more.
    const others = agreed.filter((p) => !wishes.some((w) => w.field === p.field))
    const values = [...others, ...wishes]
    return { score: 0.9, types: typesOf(values), values, spans: spansOf(wishes, scene) }
  }
  if (agreed.length > 0)
    return { score: 0.82, types: typesOf(agreed), values: agreed, spans: [{ from: 0, to: raw.length, field: 'other' }] }
  if (wishes.length > 0) {
    const score = round(combine(wishes.map((p) => weigh(p, scene))))
    return { score, types: typesOf(wishes), values: wishes, spans: spansOf(wishes, scene) }
  }
  const announced = readAnnounced(scene)
  const score = round(Math.max(0.02, announced?.score ?? 0, ...proposals.map((p) => weigh(p, scene))))
  return announced && score >= THRESHOLD ? { ...announced, score, values: [] } : { score, types: [], values: [], spans: [] }
}

/** `before` is what the deal says, not what the conversation has said. */
function toSlots({ field, item, before, after, vague, count }: Proposal, deal: Deal | null): Slot[] {
  if (vague) return []
  const counted: Slot[] = count === undefined ? [] : [{ field: 'quantity', item, before: null, after: count }]
  const silent = {
    quantity: deal?.items.length === 0,
    spec: deal?.items.length === 0,
    delivery: deal?.delivery === null,
    budget: deal?.budget === null,
  }
  const known = deal !== null && !(field in silent && silent[field as keyof typeof silent])
  return [{ field, item, before: known || field === 'item' ? before : null, after }, ...counted]
}

const spansOf = (proposals: Proposal[], scene: Scene): Span[] =>
  proposals
    .map((p) => ({ from: Math.max(0, p.from - scene.offset), to: Math.max(0, p.to - scene.offset), field: p.field }))
    .filter((span) => span.to > span.from)
