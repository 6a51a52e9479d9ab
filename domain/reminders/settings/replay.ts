import { shanghaiDay } from '../../../lib/format/dates.js'
import { atMinute } from '../../../lib/working-days.js'
import type { Calm } from '../calm.contract.js'
import { afterQuiet, endOfMorning, isQuiet, nextDigest } from '../calm.js'
import { dueAt, nextOn } from '../due-at.js'
import type { Ladder } from '../ladder.contract.js'
import type { ReminderKind } from '../reminder-kind.js'
import { createQueue } from './queue.js'

/** A reminder as it really was: when it began, when it was settled, who holds it. */
export type Started = {
  id: string
  kind: string
  subject: string
  personId: string
  customerId: string | null
  startedAt: Date
  settledAt: Date | null
  targetAt: Date | null
}
export type Rules = {
  calm: Calm
  ladderOf(kind: string): Ladder
  /** The people of a level, as the engine would find them. */
  peopleOf(reminder: Started, to: string[]): string[]
  /** Leads and managers have a cap of their own. */
  isManager(personId: string): boolean
  kindOf(name: string): Pick<ReminderKind, 'urgent' | 'exact' | 'shared'>
}
export type Said = {
  reminder: Started
  level: number
  personId: string
  at: Date
  /** Sayings with the same card went out as one. */
  card: string
  why: 'cap' | 'merge' | null
}
/** `held`: levels that waited for the end of the quiet time; by kind too. */
export type Replayed = { said: Said[]; held: number; heldOf: Map<string, number> }

type Event = { reminder: Started; level: number; round: 'first' | 'held' }

/**
 * What would have been said had those reminders run under these rules, up to `now`: the engine's own arithmetic
 * (say-due.ts, hold-back.ts), played in the order of time. Pure, so that a manager may try rules on what really happened.
 */
export function replay(reminders: Started[], rules: Rules, now: Date): Replayed {
  const queue = createQueue<Event>()
  const said: Said[] = []
  const calmness = createRehearsal(rules)
  const heldOf = new Map<string, number>()
  const put = (reminder: Started, level: number, saidAt: Date | null) => {
    const due = dueAt(rules.ladderOf(reminder.kind), level, { ...reminder, saidAt }, rules.calm)
    if (!due) return
    // Begun after the time at which it would have been due: it is due when it begins.
    queue.put(Math.max(due.getTime(), (saidAt ?? reminder.startedAt).getTime()), { reminder, level, round: 'first' })
  }
  for (const reminder of reminders) put(reminder, nextOn(rules.ladderOf(reminder.kind), 0), null)

  for (let next = queue.take(); next && next.at <= now.getTime(); next = queue.take()) {
    const { reminder, round } = next.value
    const at = new Date(next.at)
    if (reminder.settledAt && reminder.settledAt <= at) continue
    if (isQuiet(at, rules.calm)) {
      if (round === 'first') heldOf.set(reminder.kind, (heldOf.get(reminder.kind) ?? 0) + 1)
      queue.put(afterQuiet(at, rules.calm, reminder.personId).getTime(), { ...next.value, round: 'held' })
      continue
    }
    const level = latestMissed(next.value, at, rules)
    const ladder = rules.ladderOf(reminder.kind)
    let saidAt = at
    for (const personId of rules.peopleOf(reminder, ladder.levels[level]?.to ?? [])) {
      const one = calmness.judge(reminder, level, { personId, at })
      if (one.at > saidAt) saidAt = one.at
      // Settled before its digest: it is dropped there.
      if (one.at <= now && !(reminder.settledAt && reminder.settledAt <= one.at)) said.push(one)
    }
    put(reminder, nextOn(ladder, level + 1), saidAt)
  }
  return { said, held: [...heldOf.values()].reduce((sum, n) => sum + n, 0), heldOf }
}

/** Levels whose time came together are one: the last. */
function latestMissed({ reminder, level: first }: Event, at: Date, rules: Rules): number {
  const ladder = rules.ladderOf(reminder.kind)
  let level = first
  for (;;) {
    const next = nextOn(ladder, level + 1)
    const due = dueAt(ladder, next, { ...reminder, saidAt: at }, rules.calm)
    if (!due || due > at) return level
    level = next
  }
}

/** hold-back.ts over a whole month in memory. */
function createRehearsal({ calm, isManager, kindOf }: Rules) {
  /** Of each person and day: their cards after the morning, and when each went out first. */
  const days = new Map<string, Map<string, number>>()
  const lastOf = new Map<string, { at: Date; waits: boolean }>()

  function cardsToday(personId: string, at: Date): number {
    let count = 0
    for (const when of days.get(`${personId} ${shanghaiDay(at)}`)?.values() ?? []) if (when <= at.getTime()) count += 1
    return count
  }
  function keepCard(personId: string, card: string, when: Date): void {
    if (when < endOfMorning(when, calm)) return
    const day = `${personId} ${shanghaiDay(when)}`
    const cards = days.get(day) ?? new Map<string, number>()
    days.set(day, cards.set(card, Math.min(cards.get(card) ?? Number.POSITIVE_INFINITY, when.getTime())))
  }

  function judge(reminder: Started, level: number, { personId, at }: { personId: string; at: Date }): Said {
    const { urgent = false, exact = false, shared } = kindOf(reminder.kind)
    const { customerId } = reminder
    const key = `${personId}:${customerId}`
    const say = (when: Date, why: Said['why'], card: string): Said => {
      keepCard(personId, card, when)
      return { reminder, level, personId, at: when, card: `${personId} ${card}`, why }
    }
    const about = { ...reminder, subjectId: reminder.subject.slice(reminder.subject.indexOf(':') + 1), dueAt: at }
    const own = shared?.subject(about) ?? (customerId && !exact ? `${key} ${at.getTime()}` : `${reminder.id}#${level}`)
    if (exact) return say(at, null, own)
    if (customerId !== null && calm.mergeMinutes > 0) {
      const seen = lastOf.get(key)
      // Of today only: what was said yesterday merges with nothing.
      const last = seen && seen.at >= atMinute(shanghaiDay(at), 0) ? seen : undefined
      if (last?.waits && last.at > at) return say(last.at, 'merge', `${key} ${last.at.getTime()}`)
      const until = last && new Date(last.at.getTime() + calm.mergeMinutes * 60_000)
      if (last && until && last.at < at && until > at) {
        lastOf.set(key, { at: until, waits: true })
        return say(until, 'merge', `${key} ${until.getTime()}`)
      }
    }
    const cap = isManager(personId) ? calm.cap.manager : calm.cap.rep
    if (!urgent && at >= endOfMorning(at, calm) && cardsToday(personId, at) >= cap) {
      const digest = nextDigest(at, calm, personId)
      if (customerId !== null) lastOf.set(key, { at: digest, waits: true })
      return say(digest, 'cap', `digest ${digest.getTime()}`)
    }
    if (customerId !== null) lastOf.set(key, { at, waits: false })
    return say(at, null, own)
  }
  return { judge }
}
