import type { Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute } from '../../lib/working-days.js'
import { endOfMorning, nextDigest } from './calm.js'
import type { Policy } from './policy.js'

export type Wish = {
  personId: string
  customerId: string | null
  escalates: boolean
  urgent: boolean
  exact: boolean
  /** Only on the next digest. */
  digest?: boolean
  /** What is on one card counts once: its subject. */
  shared?: string | null
}
export type Verdict = { state: 'said' | 'waiting' | 'would'; why: string | null; sayAt: Date }

type Row = { person_id: string; customer_id: string | null; say_at: Date; card_id: string | null; state: string }

/**
 * Whether one more card is worth it for this person now. Counted from what was said today, and from what this very batch
 * says: ask in the order in which things are due.
 */
export async function createCalmness(db: Reader, { policy, now, people }: { policy: Policy; now: Date; people: string[] }) {
  const { calm } = policy
  const today = atMinute(shanghaiDay(now), 0)
  const rows = await db.$queryRaw<Row[]>`
    SELECT person_id, customer_id, say_at, card_id, state::text FROM notice
    WHERE person_id = ANY(${people}::uuid[]) AND say_at >= ${today} AND level >= 0 AND state IN ('said', 'waiting')`
  const managers = new Set(
    (
      await db.person.findMany({
        where: { id: { in: people }, roles: { hasSome: ['manager', 'lead'] } },
        select: { id: true },
      })
    ).map((person) => person.id),
  )
  const morningEnds = endOfMorning(now, calm)
  const cards = new Map<string, Set<string>>()
  const lastOf = new Map<string, { at: Date; waits: boolean }>()
  for (const row of rows) {
    if (row.state === 'said' && row.say_at >= morningEnds && row.card_id) countCard(row.person_id, row.card_id)
    if (row.customer_id) noteCustomer(row.person_id, row.customer_id, { at: row.say_at, waits: row.state === 'waiting' })
  }

  let alone = 0

  function countCard(personId: string, cardId: string) {
    const set = cards.get(personId) ?? new Set()
    cards.set(personId, set.add(cardId))
  }
  function noteCustomer(personId: string, customerId: string, said: { at: Date; waits: boolean }) {
    const key = `${personId}:${customerId}`
    const last = lastOf.get(key)
    if (!last || said.at > last.at) lastOf.set(key, said)
  }

  return {
    judge({ personId, customerId, escalates, urgent, exact, digest = false, shared = null }: Wish): Verdict {
      if (escalates && now < policy.trialUntil) return { state: 'would', why: 'trial', sayAt: now }
      if (exact) return { state: 'said', why: null, sayAt: now }
      if (digest) return { state: 'waiting', why: 'digest', sayAt: nextDigest(now, calm, personId) }
      if (customerId !== null && calm.mergeMinutes > 0) {
        const last = lastOf.get(`${personId}:${customerId}`)
        const until = last && new Date(last.at.getTime() + calm.mergeMinutes * 60_000)
        // Said a moment ago, or already waiting for such a moment: joins.
        if (last?.waits && last.at > now) return { state: 'waiting', why: 'merge', sayAt: last.at }
        if (until && last.at < now && until > now) {
          noteCustomer(personId, customerId, { at: until, waits: true })
          return { state: 'waiting', why: 'merge', sayAt: until }
        }
      }
      const cap = managers.has(personId) ? calm.cap.manager : calm.cap.rep
      const isMorning = now < morningEnds
      // Several of one customer at this moment are one card.
      const card = shared ?? customerId ?? `${++alone}`
      const isFull = (cards.get(personId)?.size ?? 0) >= cap && !cards.get(personId)?.has(card)
      if (isFull && !urgent && !isMorning) return { state: 'waiting', why: 'cap', sayAt: nextDigest(now, calm, personId) }
      if (customerId !== null) noteCustomer(personId, customerId, { at: now, waits: false })
      if (!isMorning) countCard(personId, card)
      return { state: 'said', why: null, sayAt: now }
    },
  }
}
