import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute } from '../../lib/working-days.js'
import type { CardKind } from '../card/card-kind.js'
import { afterQuiet, endOfMorning, isQuiet, nextDigest } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import type { Work } from '../work.js'

const NOTICES: CardKind[] = ['quote-opened', 'quote-answered']

/**
 * When a rep hears of what a customer did with a quote: now, but not in quiet hours, and past the day's cap with the next
 * digest. What is urgent (accepted, declined) passes the cap.
 */
export async function whenToSay(work: Work, { personId, urgent }: { personId: string; urgent: boolean }): Promise<Date> {
  const { calm } = await findPolicy(work.tx)
  if (isQuiet(work.now, calm)) return afterQuiet(work.now, calm, personId)
  const morningEnds = endOfMorning(work.now, calm)
  if (urgent || work.now < morningEnds) return work.now
  const { roles } = await work.tx.person.findUniqueOrThrow({ where: { id: personId }, select: { roles: true } })
  const cap = roles.includes('manager') || roles.includes('lead') ? calm.cap.manager : calm.cap.rep
  const today = atMinute(shanghaiDay(work.now), 0)
  const since = morningEnds > today ? morningEnds : today
  const reminded = await work.tx.notice.findMany({
    where: { personId, state: 'said', level: { gte: 0 }, sayAt: { gte: since }, cardId: { not: null } },
    select: { cardId: true },
    distinct: ['cardId'],
  })
  const told = await work.tx.cardCopy.count({ where: { personId, card: { kind: { in: NOTICES }, createdAt: { gte: since } } } })
  return reminded.length + told >= cap ? nextDigest(work.now, calm, personId) : work.now
}
