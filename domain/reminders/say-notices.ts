import { newId } from '../../lib/ids.js'
import { insertRows } from '../../lib/insert-rows.js'
import { findThrifty } from '../budget/find-thrifty.js'
import type { CardKind } from '../card/card-kind.js'
import { queueCopies } from '../card/queue-copies.js'
import type { Work } from '../work.js'
import { reminderKind } from './find-kind.js'
import type { Verdict } from './hold-back.js'
import type { Hop, Route } from './ladder.contract.js'
import { type About, type Manner, standardRoute } from './reminder-kind.js'
import { tellBadges } from './tell-badges.js'

/** One level of one reminder for one person, and what calm said about it. */
export type Spoken = {
  kind: string
  about: About
  level: number
  round: number
  personId: string
  customerId: string | null
  verdict: Verdict
  route: Route
  /** What goes with the card, where there is such a thing for its person. */
  beside: Hop[]
  trace: string
  manner: Manner
}
type NewCard = {
  id: string
  kind: CardKind
  subject: string
  route: Route
  beside: Hop[]
  trace: string
  people: string[]
}

/**
 * Writes what a batch says: a card for each person's affair, one for several of the same customer, and what waits or is only
 * noted without one. A few statements however many there are.
 */
export async function sayNotices(work: Work, spoken: Spoken[]): Promise<void> {
  const cards = new Map<string, NewCard>()
  const cardOf = new Map<Spoken, NewCard>()
  const now = spoken.filter((one) => one.verdict.state === 'said')
  const merged = await shareCards(work, now)
  for (const one of now) {
    const card = merged.get(one) ?? ownCard(one)
    const known = cards.get(`${card.kind} ${card.subject}`) ?? { ...card, people: [] }
    known.beside = [...new Set([...known.beside, ...one.beside])]
    cards.set(`${card.kind} ${card.subject}`, known)
    if (!known.people.includes(one.personId)) known.people.push(one.personId)
    cardOf.set(one, known)
  }
  await createCards(work, [...cards.values()])
  const column = <T>(of: (one: Spoken) => T) => spoken.map(of)
  await insertRows(work.tx, 'notice', {
    id: { type: 'uuid', of: column(() => newId()) },
    reminder_id: { type: 'uuid', of: column((one) => one.about.id) },
    level: { type: 'int', of: column((one) => one.level) },
    round: { type: 'int', of: column((one) => one.round) },
    person_id: { type: 'uuid', of: column((one) => one.personId) },
    customer_id: { type: 'uuid', of: column((one) => one.customerId) },
    state: { type: 'notice_state', of: column((one) => one.verdict.state) },
    why: { type: 'text', of: column((one) => one.verdict.why) },
    say_at: { type: 'timestamptz', of: column((one) => one.verdict.sayAt) },
    card_id: { type: 'uuid', of: column((one) => cardOf.get(one)?.id ?? null) },
  })
  for (const one of spoken) {
    work.touched.add(`reminder:${one.about.id}`)
    if (one.customerId) work.touched.add(`customer:${one.customerId}`)
    if (one.verdict.state === 'waiting') work.wake.push(one.verdict.sayAt)
  }
  await tellBadges(
    work,
    now.map((one) => one.personId),
  )
}

/** Cards that are new, with their first copies. A shared card may be there already: then it is found. */
export async function createCards(work: Work, cards: NewCard[]): Promise<void> {
  if (cards.length === 0) return
  await insertRows(work.tx, 'card', {
    id: { type: 'uuid', of: cards.map((card) => card.id) },
    kind: { type: 'text', of: cards.map((card) => card.kind) },
    subject: { type: 'text', of: cards.map((card) => card.subject) },
    route: { type: 'jsonb', of: cards.map((card) => card.route) },
    created_at: { type: 'timestamptz', of: cards.map(() => work.now) },
  })
  const shared = cards.filter((card) => SHARED.includes(card.kind))
  const subjects = shared.map((card) => card.subject)
  const found =
    shared.length === 0 ? [] : await work.tx.card.findMany({ where: { kind: { in: SHARED }, subject: { in: subjects } } })
  for (const card of shared) card.id = found.find((one) => one.kind === card.kind && one.subject === card.subject)?.id ?? card.id
  await queueCopies(
    work,
    cards.flatMap((card) =>
      card.people.map((personId) => {
        const channels: Hop[] = [...(card.route[0] ?? []), ...card.beside]
        return { cardId: card.id, personId, step: 0, channels, trace: card.trace }
      }),
    ),
  )
}

/** Cards that are found again, and not made anew, by what is said later. */
const SHARED: CardKind[] = ['uncaptured', 'new-contacts', 'late-contacts']

function ownCard({ kind, about, level, round, route, trace, manner }: Spoken): NewCard {
  const { shared } = reminderKind(kind)
  const way = { route, beside: [], trace, people: [] }
  if (typeof manner === 'object') return { id: newId(), kind: manner.card, subject: manner.subject, ...way }
  if (shared) return { id: newId(), kind: shared.card, subject: shared.subject(about), ...way }
  return { id: newId(), kind: 'reminder', subject: `reminder:${about.id}#${level}.${round}`, ...way }
}

/**
 * Several of one customer for one person at the same moment: one card that lists them. For who uses DingTalk while its month
 * is short, several of whatever customers: the list is a page, and a page costs nothing.
 */
async function shareCards(work: Work, spoken: Spoken[]): Promise<Map<Spoken, NewCard>> {
  const mergeable = spoken.filter((one) => !reminderKind(one.kind).shared && typeof one.manner !== 'object')
  const thrifty = await findThrifty(
    work.tx,
    mergeable.map((one) => one.personId),
  )
  const groups = new Map<string, Spoken[]>()
  for (const one of mergeable) {
    if (one.customerId === null && !thrifty.has(one.personId)) continue
    const key = thrifty.has(one.personId) ? one.personId : `${one.personId}:${one.customerId}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const cards = new Map<Spoken, NewCard>()
  for (const group of groups.values()) {
    const [first, ...more] = group
    if (!first || more.length === 0) continue
    const card = digestCard(first.trace)
    for (const one of group) cards.set(one, card)
  }
  return cards
}

export function digestCard(trace: string): NewCard {
  const id = newId()
  return { id, kind: 'digest', subject: `digest:${id}`, route: standardRoute, beside: [], trace, people: [] }
}
