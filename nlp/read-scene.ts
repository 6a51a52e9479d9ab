import { type Clause, splitClauses } from './clauses.js'
import { findItem } from './deal.js'
import type { Day } from './entities/calendar.js'
import type { Entity } from './entities/entity.js'
import { extractEntities } from './entities/extract.js'
import type { Deal, Field, Item } from './finding.js'
import { findMentions } from './goods.js'
import { topicOf } from './lexicon.js'
import { matches } from './matches.js'
import { normalize } from './normalize.js'
import { once } from './once.js'
import { readDeliveryProposals } from './proposals/delivery.js'
import { readFeatureProposals } from './proposals/feature.js'
import { readInstead } from './proposals/instead.js'
import { readMoneyProposals } from './proposals/money.js'
import { readPart } from './proposals/part.js'
import { readQuantityProposals } from './proposals/quantity.js'
import { spread } from './proposals/several.js'
import { readSpecProposals } from './proposals/spec.js'
import { readSurcharges } from './proposals/surcharge.js'
import { readTermsProposals } from './proposals/terms.js'
import { findTermsRuns } from './proposals/terms-run.js'
import type { Proposal, Quote, Reader, Scene } from './scene.js'

const READERS: Reader[] = [
  readInstead,
  readPart,
  readTermsProposals,
  readDeliveryProposals,
  readSurcharges,
  readMoneyProposals,
  readQuantityProposals,
  readSpecProposals,
  readFeatureProposals,
]

/** In which light a text is read. `prefix` is the beginning of its thought, said before. */
export type Setting = {
  deal: Deal
  open: boolean
  agreed: boolean
  today: Day
  prefix?: string
  topic?: Field | null
  mentioned?: () => Item | null
  fragment?: () => Item | null
  rep?: boolean
  quotes?: () => Quote[]
  days?: () => string[]
}

const none = () => []

export function makeScene(
  raw: string,
  {
    deal,
    open,
    agreed,
    today,
    prefix = '',
    topic = null,
    mentioned = () => null,
    fragment = () => null,
    rep = false,
    quotes = none,
    days = none,
  }: Setting,
): Scene {
  const whole = prefix + raw
  const text = normalize(whole)
  const values = extractEntities(text, today)
  const entities = countInPieces(values, text, deal)
  return {
    text,
    raw: whole,
    offset: prefix.length,
    entities,
    clauses: entities === values ? clausesOf(text, values) : splitClauses(text, entities),
    deal,
    open,
    agreed,
    today,
    topic,
    mentioned,
    fragment,
    mentions: once(() => findMentions(text, deal.items)),
    terms: once(() => findTermsRuns(text, entities)),
    rep,
    quotes,
    days,
  }
}

/** The clauses of a text whose values are remembered, as long as they are. */
function clausesOf(text: string, values: Entity[]): Clause[] {
  const known = CLAUSES.get(values)
  if (known) return known
  const clauses = splitClauses(text, values)
  CLAUSES.set(values, clauses)
  return clauses
}
const CLAUSES = new WeakMap<Entity[], Clause[]>()

/** 「400块变320」 of what is sold by the 块 is no money. */
function countInPieces(entities: Entity[], text: string, deal: Deal): Entity[] {
  if (deal.items.every((item) => item.unit !== '块')) return entities
  const priced = (e: Entity) => /价|钱|贵|便宜|预算|费/.test(text.slice(Math.max(0, e.from - 8), e.to + 4))
  return entities.map((e) =>
    e.kind === 'amount' &&
    e.per === null &&
    !priced(e) &&
    /块$/.test(text.slice(e.from, e.to)) &&
    deal.items.some((i) => isAlike(i, e.value))
      ? { ...e, kind: 'quantity', unit: '块', article: false }
      : e,
  )
}
const isAlike = ({ qty, unit }: Item, value: number) => unit === '块' && qty !== null && value <= qty * 5 && value >= qty / 50

/** 「桌子和椅子各加6套」: one number, two items. */
const isEach = (a: Proposal, b: Proposal) =>
  a.field === b.field && (a.field === 'quantity' || (a.field === 'spec' && a.after === b.after)) && a.item !== b.item

const overlaps = (a: Proposal, b: Proposal) => a.from < b.to && b.from < a.to && !isEach(a, b)

/** Every value that the text sets, clause by clause: where words can be read in two ways, in the way that is looked for first. */
export function readProposals(scene: Scene): Proposal[] {
  const out: Proposal[] = []
  for (const p of readCandidates(scene)) if (!out.some((q) => overlaps(p, q))) out.push(p)
  return settleRivals(scene, out)
}

/** The same of values that were weighed: where words can be read in two ways, in the likelier. */
export function chooseProposals(scene: Scene, candidates: Proposal[]): Proposal[] {
  const out: Proposal[] = []
  const sure = (p: Proposal) => (p.same ? Math.max(p.sure ?? 0, p.strength / 2) : (p.sure ?? 0))
  for (const p of [...candidates].sort((a, b) => sure(b) - sure(a))) if (!out.some((q) => overlaps(p, q))) out.push(p)
  return settleRivals(
    scene,
    out.sort((a, b) => a.from - b.from),
  )
}

/** Every way in which a value can be read; a value nearer to a topic word than another takes that topic. */
export function readCandidates(scene: Scene): Proposal[] {
  const out: Proposal[] = []
  // 「六成可以」 after talk of the deposit.
  let topic: Field | null = scene.text.length - scene.offset <= 12 ? scene.topic : null
  for (const clause of scene.clauses) {
    const own = topicOf(clause.text)
    // 「交期的话，改到下周五」: only a clause that has no value of its own hands its topic on.
    const current: Field | null = own ?? topic
    for (const part of splitByTopic(clause)) {
      const partTopic = topicOf(part.text) ?? current
      for (const read of READERS) {
        for (const proposal of read(scene, part, partTopic)) if (proposal.to > scene.offset) out.push(proposal)
      }
    }
    topic = carriedTopic(clause, own, topic)
  }
  const outright = out.filter((p) => p.outright)
  return out
    .filter((p) => p.outright || !outright.some((q) => p.from < q.to && q.from < p.to))
    .flatMap((p) => spread(withItem(p, scene), scene))
}

/** 「500包不够，起码得700」「45天账期太紧，给90天吧」: too much or too little asks for another value of the same. */
const INSUFFICIENT =
  /搞不赢|不来塞|扛不住|吃不消|困难|顶不住|不够|太多|太少|太紧|太赶|太长|太短|来不及|赶不上|超了|超出|不行|有点[多少紧赶]|用不了|打错|写错|说错|搞错/

function carriedTopic(clause: Clause, own: Field | null, before: Field | null): Field | null {
  if (clause.entities.length === 0) return own ?? (INSUFFICIENT.test(clause.text) || clause.text.length < 8 ? before : own)
  if (!INSUFFICIENT.test(clause.text)) return null
  if (own !== null) return own
  const kind = clause.entities.at(-1)?.kind
  return kind === 'quantity'
    ? 'quantity'
    : kind === 'date'
      ? 'delivery'
      : kind === 'payment'
        ? 'terms'
        : kind === 'amount'
          ? 'budget'
          : null
}

/**
 * Which of several goods a day or a price is for: the one named in its clause or right before; a price also of the only one, and, as
 * the rep's, of the one spoken of. 「价格再让5个点」 is for all.
 */
function withItem(p: Proposal, scene: Scene): Proposal {
  const { items } = scene.deal
  if (p.item !== null || !scene.agreed || (p.field !== 'delivery' && p.field !== 'price')) return p
  if (p.field === 'price' && !/^[+-]?\d/.test(p.after ?? '')) return p
  if (p.field === 'price' && items.length === 1) return { ...p, item: items[0]?.name || null }
  if (items.length < 2) return p
  const before = scene.clauses[scene.clauses.findIndex((clause) => clause.to >= p.to) - 1]
  const found =
    findItem(p.clause.text, items) ??
    (before && before.from >= scene.offset ? findItem(before.text, items) : null) ??
    (p.field === 'price' ? scene.mentioned() : scene.text.length - scene.offset <= 16 ? scene.fragment() : null)
  return found ? { ...p, item: found.name || null } : p
}

const isDated = (p: Proposal) => p.field === 'delivery' && /^\d{4}-/.test(p.after ?? '')

const REFUSED = /没那么多|走不了|不行|太[短长紧高多]|压力|困难|麻烦|不方便|不做|吃不消/

/** 「拖半个月吧，六月中旬到就行」「六一前，31号」: of two days the last one said counts. */
const isLater = (p: Proposal, rival: Proposal) =>
  isDated(p) &&
  isDated(rival) &&
  !p.same &&
  p.strength >= 0.5 &&
  rival.strength < 1 &&
  p.from - rival.to > 1 &&
  p.clause.mood === rival.clause.mood

/** 「改到周六晚上，9月19号」: a day named alone behind another says which it is. */
const saysWhich = (p: Proposal, rival: Proposal) =>
  isDated(p) &&
  isDated(rival) &&
  !p.same &&
  p.from > rival.to &&
  p.clause.from > rival.clause.from &&
  p.clause.text.trim().length - (p.to - p.from) <= 3

/** One value for one thing: a date before words, the plainer before the weaker, the later before the earlier. */
function settleRivals(scene: Scene, proposals: Proposal[]): Proposal[] {
  const best = new Map<string, Proposal>()
  const rank = (p: Proposal) => p.sure ?? (p.same ? 0 : p.strength) + (isDated(p) && p.strength >= 0.5 ? 1 : 0)
  let added: Proposal | null = null
  for (const p of proposals) {
    // 「再加点弹垫，5箱就够」: how many of what was just added.
    if (added && p.field === 'quantity' && p.clause.from !== added.clause.from && !p.same && p.strength < 0.9) {
      added.count = p.after ?? undefined
      added = null
      continue
    }
    added = p.field === 'item' && p.before === null && p.after === p.item && (p.sure ?? p.strength) >= 0.5 ? p : null
    const key = p.field === 'other' ? `other/${p.after}` : `${p.field}/${p.item ?? ''}/${p.field === 'quantity' ? p.before : ''}`
    const rival = best.get(key)
    const total =
      p.field === 'quantity' && /(?:共|总共|一共|合计|总数|就是|凑整)\s*$/.test(scene.text.slice(Math.max(0, p.from - 4), p.from))
    if (rival && total && !p.same) best.set(key, { ...p, strength: Math.max(rival.strength, p.strength) })
    else if (rival && p.field === 'terms' && (rival.same || REFUSED.test(rival.clause.text) || rival.after === p.after)) {
      // 「款到发货走不了，改成货到付款」: the first was what it is now.
      if (!p.same) best.set(key, p)
    } else if (rival && p.field === 'terms' && !(rival.same && p.same)) {
      // 「签约付30%，上线再付70%」 are one thing.
      best.set(key, {
        ...rival,
        to: p.to,
        after: `${rival.after} ${p.after}`,
        strength: Math.max(rival.strength, p.strength),
        same: false,
      })
    } else if (rival && saysWhich(p, rival))
      best.set(key, { ...p, strength: Math.max(p.strength, rival.strength), sure: Math.max(p.sure ?? 0, rival.sure ?? 0) })
    else if (rival === undefined || rank(p) >= rank(rival) || isLater(p, rival)) best.set(key, p)
  }
  const kept = [...best.values()]
  // 「实际65人，账号调整为65个」 is said twice and meant once.
  const twice = (p: Proposal) =>
    p.field === 'quantity' &&
    p.item === null &&
    kept.some((q) => q !== p && q.item !== null && parseFloat(q.after ?? '') === parseFloat(p.after ?? ''))
  return kept.filter((p) => !twice(p)).sort((a, b) => a.from - b.from)
}

const MATTER = /数量|交期|交货期|预算|单价|账期|总价/g

/** Without punctuation (voice) two matters stand in one clause: 「交期改成下周五数量加到300套」. Cut before each further topic word. */
function splitByTopic(clause: Clause): Clause[] {
  const cuts: number[] = []
  for (const { index } of clause.entities.length < 2 ? [] : matches(MATTER, clause.text)) {
    const at = clause.from + index
    if (index > 1 && clause.entities.some((e) => e.to <= at) && clause.entities.some((e) => e.from >= at)) cuts.push(at)
  }
  if (cuts.length === 0) return [clause]
  const parts: Clause[] = []
  let from = clause.from
  for (const to of [...cuts, clause.to]) {
    parts.push({
      ...clause,
      from,
      to,
      text: clause.text.slice(from - clause.from, to - clause.from),
      entities: clause.entities.filter((e) => e.from >= from && e.from < to),
    })
    from = to
  }
  return parts
}
