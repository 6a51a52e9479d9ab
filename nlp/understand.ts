import {
  daysBefore,
  fillFromContext,
  itemBefore,
  lastOfCustomer,
  lastOfRep,
  lastWordOf,
  thoughtBefore,
  topicBefore,
} from './conversation.js'
import { parseIso } from './entities/calendar.js'
import { gatherEvidence } from './evidence.js'
import type { ChangeType, Deal, Finding, Question, Slot } from './finding.js'
import { findMentions, plainest } from './goods.js'
import { judge, meaningOf, offerOf, type View, viewOf } from './judge.js'
import { type Around, keepAll } from './keep.js'
import { NEW_ORDER } from './lexicon.js'
import type { Evidence } from './net/model.js'
import { normalize } from './normalize.js'
import { once } from './once.js'
import { joinWorded, readWorded } from './proposals/worded.js'
import { quotesBefore } from './quotes.js'
import { chooseProposals, makeScene, readCandidates } from './read-scene.js'
import { type Reading, readByRules, spansOf } from './reading.js'
import type { Proposal, Scene } from './scene.js'
import { heardSignals, readSignals } from './signals.js'
import { asksForYes, offersOther } from './table.js'
import { round, THRESHOLD, typesOf } from './weigh.js'
import { beginsWithYes, onlyThanks } from './yes.js'

/** A message longer than this is a document; reading its beginning bounds the time. */
const LONGEST = 2000

/** 「您要写什么」「3.5还是4.0？」「改到哪天」 */
const INQUIRES = /什么|哪|几[点号个天]|多少|怎么|还是[^，。]{1,10}[?？]|呢[?？]?$/

/** Where a message surely changes something, a value that is hardly meant, and one that may be of another kind than was heard. */
const DOUBTFUL = 0.15
const PROBABLE = 0.35

/** How sure the rules are of a wish taken back that the customer had plainly put forward. */
const RETURNS = 0.85
/** A bare no leaves everything as it is. */
const REFUSAL = /^\s*(?:不行|不可以|不好|不同意|不用|不要|不能)[了吧啊呀的哦。！!，,\s]*$/

/** All that a question says, before it is judged. */
export type Heard = {
  scene: Scene
  proposals: Proposal[]
  reading: Reading
  view: View
  offer: ChangeType | null
  raw: string
  evidence: Evidence
  /** Every way in which a value of the message can be read, and in which light. */
  candidates: Proposal[]
  around: Around
}

export function hear(question: Question): Heard {
  const raw = question.text.slice(0, LONGEST)
  const today = parseIso(question.today) ?? 0
  const context = question.context.slice(-12).map(({ speaker, text }) => ({ speaker, text: text.slice(0, LONGEST) }))
  const deal = fillFromContext(question.deal, context, today)
  const open = question.deal !== null || deal.items.length > 0 || deal.delivery !== null || deal.budget !== null
  const dealless = question.deal === null
  const setting = { deal, open, agreed: !dealless, today }
  const rep = lastOfRep(context)

  const scene = makeScene(raw, {
    ...setting,
    prefix: thoughtBefore(context, raw),
    topic: topicBefore(context),
    mentioned: once(() => itemBefore(context, deal)),
    fragment: once(() => plainest(lastOfCustomer(context).flatMap((text) => findMentions(normalize(text), deal.items)))),
    quotes: once(() => quotesBefore(context, setting)),
    days: once(() => daysBefore(context, today)),
  })
  const view = viewOf(scene.text, today, scene)
  const candidates = joinWorded(readCandidates(scene), readWorded(scene, view))
  const thanks = onlyThanks(raw)
  const saysYes = !thanks && (beginsWithYes(raw) || (view.yes > view.quiet && view.yes > view.wish))
  const inquired = INQUIRES.test(rep)
  const around = { view, dealless, inquired, answers: rep !== '', saysYes }
  keepAll(candidates, scene, around)
  const proposals = chooseProposals(scene, candidates)
  const reading = readByRules(scene, proposals, { raw, context, setting, saysYes })
  const brief = raw.length <= 14
  const repView = rep === '' || !saysYes ? null : viewOf(normalize(rep), today, { agreed: true })
  const last = !brief || !inquired ? '' : lastWordOf(context, 'customer')
  const offer = reading.types.length === 0 && saysYes && repView !== null ? offerOf(rep, repView, !dealless) : null
  const evidence = gatherEvidence({
    scene,
    proposals,
    rules: reading.score,
    view,
    rep: repView,
    saysYes,
    thanks,
    asked: asksForYes(rep),
    departs: offersOther(rep),
    offer: offer !== null,
    agreed: reading.agreed,
    withdrawn: reading.types.includes('撤回'),
    dealless,
    context,
    before: last === '' ? null : viewOf(normalize(last), today, { agreed: true }),
    inquired,
    answers: rep !== '',
  })
  return { scene, proposals, reading, view, offer, raw, evidence, candidates, around }
}

/**
 * Whether the customer's newest message asks for something new or different than the deal says, agrees to it, completes
 * or withdraws it; of which kind; from what to what. Pure: the same question gives the same finding.
 */
export function understand(question: Question): Finding {
  const none: Finding = {
    change: false,
    score: 0,
    types: [],
    slots: [],
    signals: [],
    spans: [],
    why: { rules: 0, net: 0, kind: '' },
  }
  if (question.text.trim() === '') return none
  const { scene, proposals, reading, view, offer, raw, evidence } = hear(question)
  const heardAs = round(judge(evidence))
  // 「还是200套吧」 after 「加到300套」 takes back what was asked for, whatever the judge has met.
  const score = reading.types.includes('撤回') && reading.score >= RETURNS ? Math.max(heardAs, 0.55) : heardAs
  const said = readSignals(scene.text.slice(scene.offset))
  const heard = heardSignals(view, { text: raw, dealless: question.deal === null })
  const signals = [...said, ...heard.filter(({ name }) => !said.some((one) => one.name === name))]
  const why = { rules: reading.score, net: round(view.wish - view.quiet), kind: view.kind }
  // Whoever names nothing but what is agreed asks for nothing new, however much it sounds like it.
  const restates = reading.types.length === 0 && offer === null && proposals.length > 0 && proposals.every((p) => p.same)
  // 「要是加到300套单价能降到12吗」 asks what would be.
  const supposes =
    reading.types.length === 0 && offer === null && scene.clauses.some((c) => c.mood === 'suppose' && c.to > scene.offset)
  // 「另外下一单，要100套」 leaves the running order as it is.
  const anew = NEW_ORDER.test(scene.text)
  const refuses = REFUSAL.test(raw) && reading.types.length === 0
  const enough = refuses ? 2 : anew ? 0.85 : supposes ? 0.8 : restates ? 0.65 : THRESHOLD
  if (score < enough) return { ...none, score: Math.min(score, THRESHOLD - 0.01), signals, why }

  // The net knows that something is asked for; the rules, what could be meant by it.
  const { type, fields } = meaningOf(view.kind)
  const left = proposals.filter((p) => !p.same && (p.sure ?? 0) >= DOUBTFUL)
  const fitting = left.filter((p) => fields.includes(p.field))
  const best = Math.max(...(fitting.length > 0 ? fitting : left).map((p) => p.sure ?? 0))
  const meant = (fitting.length > 0 ? fitting : left.filter((p) => (p.sure ?? 0) >= PROBABLE)).filter(
    (p) => (p.sure ?? 0) >= best / 2,
  )
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
