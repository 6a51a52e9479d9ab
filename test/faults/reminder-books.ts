import { reminderKind } from '../../domain/reminders/find-kind.js'
import { createClock } from '../../lib/clock.js'
import type { Rig } from '../rig/rig.js'
import { countWire, type Settled } from './reminder-wire.js'

export type ReminderBooks = {
  /** What was counted, in the order of a table. */
  counted: Record<string, number>
  /** In words, each thing that was lost, or happened twice, or is not as it must be. Empty: the promise was kept. */
  wrong: string[]
}
type Reminder = Awaited<ReturnType<typeof findReminders>>[number]
type Notice = Reminder['notices'][number]

/**
 * Every level of every reminder that became due, held against what was said of it: one notice for each person whom it names,
 * and a way of each notice to its person that ended somewhere one can see. Then the same things on the wire. Called when
 * nothing that could be done is left.
 */
export async function closeReminderBooks(rig: Rig, settled: Settled = new Map()): Promise<ReminderBooks> {
  const now = await createClock({ production: false }).now(rig.db)
  const wrong: string[] = []
  const must = (holds: boolean, words: string) => {
    if (!holds) wrong.push(words)
    return holds
  }
  const reminders = await findReminders(rig)
  const audience = await createAudiences(rig)
  const trying = await findTrying(rig)
  const counted: Record<string, number> = { reminders: reminders.length, 'levels due': 0, 'said (per person)': 0 }
  const count = (what: string) => {
    counted[what] = (counted[what] ?? 0) + 1
  }
  for (const what of ['collapsed into a later level', 'lost', 'twice in rows']) counted[what] = 0
  for (const reminder of reminders) {
    const overdue = reminder.state === 'open' && reminder.dueAt !== null && reminder.dueAt <= now
    counted['levels due'] = (counted['levels due'] ?? 0) + reminder.level + (overdue ? 1 : 0)
    if (!must(!overdue, `${nameOf(reminder)}: level ${reminder.level} was due ${reminder.dueAt?.toISOString()}`)) count('lost')
    for (let level = 0; level < reminder.level; level++) {
      const notices = reminder.notices.filter((notice) => notice.level === level)
      if (notices.length === 0) {
        if (reminder.notices.some((notice) => notice.level > level)) count('collapsed into a later level')
        else if (!must(false, `${nameOf(reminder)}: nothing was said of level ${level}`)) count('lost')
        continue
      }
      for (const personId of audience(reminder, level)) {
        const own = notices.filter((notice) => notice.personId === personId)
        if (!must(own.length > 0, `${nameOf(reminder)}: level ${level} was not said to ${personId}`)) count('lost')
        if (!must(own.length < 2, `${nameOf(reminder)}: level ${level} was said ${own.length} times to ${personId}`))
          count('twice in rows')
      }
      for (const notice of notices) {
        const what = wayOf(notice, { now, trying })
        count(what)
        if (notice.state === 'said' && notice.why) count(`held back: ${notice.why}, said later`)
        if (!must(what !== 'lost', `${nameOf(reminder)}: level ${level} did not get to ${notice.personId}`))
          wrong.push(waysOf(notice))
      }
    }
  }
  const orphans = await countOrphans(rig)
  counted['twice in rows'] = (counted['twice in rows'] ?? 0) + orphans
  must(orphans === 0, `${orphans} cards were made for nothing that is said`)
  Object.assign(counted, await countWire(rig, { settled, must }))
  return { counted, wrong }
}

const findReminders = (rig: Rig) =>
  rig.db.reminder.findMany({
    include: {
      notices: {
        where: { level: { gte: 0 } },
        include: { card: { select: { kind: true, copies: true } } },
        orderBy: { id: 'asc' },
      },
    },
    orderBy: { id: 'asc' },
  })

/** Copies that wait for their next try, or behind one that does, which says why. */
async function findTrying(rig: Rig): Promise<Set<string>> {
  const rows = await rig.db.outbox.findMany({ where: { state: 'open' }, select: { key: true, lane: true, reason: true } })
  const lanes = new Set(rows.flatMap(({ lane, reason }) => (reason ? lane : [])))
  return new Set(rows.filter(({ lane }) => lanes.has(lane)).map(({ key }) => key.slice(key.indexOf(':') + 1)))
}

const nameOf = (reminder: Reminder) => `${reminder.kind} ${reminder.subject}`

/** Whom a level names, by the tables and not by the code that is on trial. */
async function createAudiences(rig: Rig) {
  const asks = await rig.db.ask.findMany({ select: { id: true, card: { select: { copies: { select: { personId: true } } } } } })
  const asked = new Map(asks.map((ask) => [`ask:${ask.id}`, [...new Set(ask.card.copies.map((copy) => copy.personId))]]))
  const people = await rig.db.person.findMany({ select: { id: true, managerId: true } })
  const leads = new Map(people.map((person) => [person.id, person.managerId]))
  return (reminder: Reminder, level: number): string[] => {
    const [rung = ''] = reminderKind(reminder.kind).levels[level]?.to ?? []
    if (rung === 'asked') return asked.get(reminder.subject) ?? []
    if (rung === 'lead') return [leads.get(reminder.personId) ?? []].flat()
    return [reminder.personId]
  }
}

/** Where one notice stands: on a screen, held back and why, or with what came in between. «lost» is none of these. */
function wayOf(notice: Notice, { now, trying }: { now: Date; trying: Set<string> }): string {
  if (notice.state === 'waiting') return notice.sayAt > now ? `held back: ${notice.why}` : 'lost'
  if (notice.state === 'would') return `held back: ${notice.why}`
  if (notice.state === 'withdrawn') return `settled before it was said`
  const copies = notice.card?.copies.filter((copy) => copy.personId === notice.personId) ?? []
  const some = (...states: string[]) => copies.some((copy) => states.includes(copy.state))
  if (some('submitted', 'delivered')) return 'said (per person)'
  if (some('dropped')) return 'settled before it left'
  // All that there is has been tried, and each says why not.
  if (copies.length > 0 && copies.every((copy) => ['failed', 'off', 'unknown'].includes(copy.state) && copy.reason))
    return 'not reached, and shown'
  // The rest may come yet: an operator lets one number have five text messages an hour.
  if (copies.length > 0 && copies.every((copy) => copy.reason || trying.has(copy.id))) return 'still tried, and shown'
  return 'lost'
}

const waysOf = (notice: Notice) =>
  JSON.stringify({
    state: notice.state,
    copies: notice.card?.copies
      .filter((copy) => copy.personId === notice.personId)
      .map(({ platform, state, reason }) => ({ platform, state, reason })),
  })

/** Cards of reminders on which no notice stands: a batch that was said and then said again would leave them. */
async function countOrphans(rig: Rig): Promise<number> {
  return rig.db.card.count({ where: { kind: { in: ['reminder', 'digest', 'uncaptured'] }, notices: { none: {} } } })
}
