import { shanghaiDay } from '../../../lib/format/dates.js'
import { atMinute } from '../../../lib/working-days.js'
import type { Calm } from '../calm.contract.js'
import { afterQuiet, endOfMorning, isQuiet, nextDigest } from '../calm.js'
import { dueAfter, dueAt, nextOn } from '../due-at.js'
import type { Ladder } from '../ladder.contract.js'
import { levelToSay } from '../level-to-say.js'
import type { About, Manner, Rehearsal, ReminderKind } from '../reminder-kind.js'
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
  /** How each is said, by the kinds that say so themselves; begins anew with each play. */
  mannerOf?(name: string): Rehearsal | undefined
}
export type Said = {
  reminder: Started
  level: number
  personId: string
  at: Date
  /** Sayings with the same card went out as one. */
  card: string
  why: 'cap' | 'merge' | 'digest' | null
}
/** `held`: levels that waited for the end of the quiet time; by kind too. */
export type Replayed = { said: Said[]; held: number; heldOf: Map<string, number> }

type Event = { reminder: Started; level: number; round: 'first' | 'held'; saidAt: Date | null }

/**
 * What would have been said had those reminders run under these rules, up to `now`: the engine's own arithmetic
 * (say-due.ts, hold-back.ts), played in the order of time. Pure, so that a manager may try rules on what really happened.
 */
export function replay(reminders: Started[], rules: Rules, now: Date): Replayed {
  const queue = createQueue<Event>()
  const said: Said[] = []
  const calmness = createRehearsal(rules)
  const heldOf = new Map<string, number>()
  const put = (reminder: Started, level: number, saidAt: Date | null, late?: { level: number }) => {
    const ladder = rules.ladderOf(reminder.kind)
    const due =
      saidAt && late
        ? dueAfter(ladder, { ...reminder, saidAt, level: late.level, next: level, wasUnheard: true }, rules.calm)
        : dueAt(ladder, level, { ...reminder, saidAt }, rules.calm)
    if (!due) return
    // Begun after the time at which it would have been due: it is due when it begins.
    const at = Math.max(due.getTime(), (saidAt ?? reminder.startedAt).getTime())
    queue.put(at, { reminder, level, round: 'first', saidAt })
  }
  for (const reminder of reminders) put(reminder, nextOn(rules.ladderOf(reminder.kind), 0), null)

  const manners = createManners(reminders, rules)
  for (let at = queue.nextAt(); at !== undefined && at <= now.getTime(); at = queue.nextAt()) {
    const moment = new Date(at)
    const due: Saying[] = []
    // What is due at one moment is one batch of the engine.
    while (queue.nextAt() === at) {
      const event = queue.take()?.value
      if (!event || isOver(event.reminder, moment)) continue
      const { reminder } = event
      if (isQuiet(moment, rules.calm)) {
        if (event.round === 'first') heldOf.set(reminder.kind, (heldOf.get(reminder.kind) ?? 0) + 1)
        queue.put(afterQuiet(moment, rules.calm, reminder.personId).getTime(), { ...event, round: 'held' })
        continue
      }
      const ladder = rules.ladderOf(reminder.kind)
      const level = levelToSay(ladder, missedLevels(event, moment, rules), event.saidAt === null)
      due.push({ ...event, level, at: moment, people: rules.peopleOf(reminder, ladder.levels[level]?.to ?? []) })
    }
    const mannerOf = manners.of(due)
    for (const one of due) {
      const { reminder, level } = one
      let saidAt = moment
      for (const personId of one.people) {
        const told = calmness.judge(reminder, level, { personId, at: moment, manner: mannerOf(one, personId) })
        if (told.at > saidAt) saidAt = told.at
        // Settled before its digest: it is dropped there.
        if (told.at <= now && !isOver(reminder, told.at)) said.push(told)
      }
      put(reminder, nextOn(rules.ladderOf(reminder.kind), level + 1), saidAt, one.saidAt === null ? { level } : undefined)
    }
  }
  return { said, held: [...heldOf.values()].reduce((sum, n) => sum + n, 0), heldOf }
}

type Saying = Event & { at: Date; people: string[] }

const isOver = ({ settledAt }: Started, at: Date) => settledAt !== null && settledAt <= at
const aboutOf = (one: Started, dueAt: Date): About => ({
  ...one,
  subjectId: one.subject.slice(one.subject.indexOf(':') + 1),
  dueAt,
})

/** Levels whose time came together. */
function missedLevels({ reminder, level: first }: Event, at: Date, rules: Rules): number[] {
  const ladder = rules.ladderOf(reminder.kind)
  const levels = [first]
  for (;;) {
    const next = nextOn(ladder, (levels.at(-1) ?? first) + 1)
    const due = dueAt(ladder, next, { ...reminder, saidAt: at }, rules.calm)
    if (!due || due > at) return levels
    levels.push(next)
  }
}

/** How each is said by the kinds that say so themselves (say-due.ts findManners), from what was played before. */
function createManners(reminders: Started[], { mannerOf }: Rules) {
  const rehearsals = new Map<string, Rehearsal | undefined>()
  const told = new Map<string, Started[]>()
  const mine = new Map<string, Started[]>()
  for (const one of reminders) {
    const key = `${one.kind} ${one.personId}`
    const held = mine.get(key)
    if (held) held.push(one)
    else mine.set(key, [one])
  }
  const openOf = ({ kind, personId }: Started, at: Date) =>
    (mine.get(`${kind} ${personId}`) ?? []).filter((one) => one.startedAt <= at && !isOver(one, at)).length

  return {
    of(due: Saying[]): (one: Saying, personId: string) => Manner {
      const keyOf = ({ reminder, level }: Saying, personId: string) =>
        `${personId} ${reminder.kind} ${level} ${reminder.personId}`
      for (const { reminder } of due) if (!rehearsals.has(reminder.kind)) rehearsals.set(reminder.kind, mannerOf?.(reminder.kind))
      for (const one of due)
        for (const personId of rehearsals.get(one.reminder.kind) ? one.people : [])
          told.set(keyOf(one, personId), [...(told.get(keyOf(one, personId)) ?? []), one.reminder])
      return (one, personId) => {
        const { reminder, level, at, saidAt } = one
        const toldAbove = (told.get(keyOf(one, personId)) ?? []).filter((other) => !isOver(other, at)).length
        const saying = { about: aboutOf(reminder, at), level, personId, at, saidAt, toldAbove }
        return rehearsals.get(reminder.kind)?.({ ...saying, open: openOf(reminder, at) }) ?? 'own'
      }
    },
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

  type To = { personId: string; at: Date; manner: Manner }
  function judge(reminder: Started, level: number, { personId, at, manner }: To): Said {
    const { urgent = false, exact = false, shared } = kindOf(reminder.kind)
    const { customerId } = reminder
    const key = `${personId}:${customerId}`
    const say = (when: Date, why: Said['why'], card: string): Said => {
      keepCard(personId, card, when)
      return { reminder, level, personId, at: when, card: `${personId} ${card}`, why }
    }
    const together = typeof manner === 'object' ? manner.subject : shared?.subject(aboutOf(reminder, at))
    const own = together ?? (customerId && !exact ? `${key} ${at.getTime()}` : `${reminder.id}#${level}`)
    if (exact) return say(at, null, own)
    if (manner === 'digest') {
      const digest = nextDigest(at, calm, personId)
      return say(digest, 'digest', `digest ${digest.getTime()}`)
    }
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
