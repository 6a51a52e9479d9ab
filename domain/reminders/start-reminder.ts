import { newId } from '../../lib/ids.js'
import { openTodo } from '../todo/follow-todos.js'
import type { Work } from '../work.js'
import { dueAt, nextOn } from './due-at.js'
import { findPolicy } from './policy.js'
import { tellBadges } from './tell-badges.js'

type Start = {
  kind: string
  subject: string
  /** Who has to do something about it. */
  personId: string
  customerId?: string | null
  /** Business time from which the levels count. */
  at: Date
  /** The moment that levels count back from. */
  targetAt?: Date
  /** A card that opened the matter by itself, before the first level: it stands on the ladder too. */
  opening?: { cardId: string; people: string[] }
}

/** The level of a notice that stands for the card which opened the matter. */
export const OPENING = -1

/** (kind, subject) is unique while open: starting twice is starting once. Returns the reminder's id, null if it was there. */
export async function startReminder(work: Work, start: Start): Promise<string | null> {
  const { kind, subject, personId, at, customerId = null, targetAt = null } = start
  const policy = await findPolicy(work.tx)
  const ladder = policy.ladderOf(kind)
  const level = nextOn(ladder, 0)
  const due = dueAt(ladder, level, { startedAt: at, saidAt: null, targetAt, personId }, policy.calm)
  const id = newId()
  const { count } = await work.tx.reminder.createMany({
    data: { id, kind, subject, personId, customerId, level, startedAt: at, targetAt, dueAt: due, trace: work.trace },
    skipDuplicates: true,
  })
  if (count === 0) return null
  if (due) work.wake.push(due)
  if (start.opening) {
    const { cardId, people } = start.opening
    const opening = { reminderId: id, level: OPENING, round: 0, customerId, state: 'said' as const, sayAt: at, cardId }
    await work.tx.notice.createMany({ data: people.map((one) => ({ ...opening, id: newId(), personId: one })) })
    await tellBadges(work, people)
  }
  await openTodo(work, { kind, subject, personId, at })
  work.touched.add(`person:${personId}`)
  return id
}
