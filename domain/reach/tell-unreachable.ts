import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute, isWorkingDay, type Week } from '../../lib/working-days.js'
import { issueCard } from '../card/issue-card.js'
import { onceADay } from '../chore.js'
import { isQuiet, weekOf } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import { standardRoute } from '../reminders/reminder-kind.js'
import type { Work } from '../work.js'
import type { Off } from './judge-channel.js'
import { isUnreachable, judgePeople, whatToDo, whyUnreachable } from './list-team.js'

export const UNREACHABLE = 'unreachable'
export type Unreachable = { personId: string; why: string; todo: string }

const DAY_MS = 24 * 3_600_000
/** Past the rush of the morning, and not on the hour. */
const NINE_TEN = 9 * 60 + 10

/**
 * Once a week, on its first working day at 09:10: whom does no channel reach? Each manager gets one card about theirs; where
 * there is nobody, nothing is said. Several workers, one card: the week's row is the claim. Returns how many managers heard.
 */
export async function tellUnreachable(work: Work, off: Off): Promise<number> {
  const { calm } = await findPolicy(work.tx)
  const monday = mondayOf(work.now)
  const first = firstWorkingDay(monday, weekOf(calm))
  if (!first || work.now < atMinute(first, NINE_TEN) || isQuiet(work.now, calm)) return 0
  if (!(await onceADay(work, UNREACHABLE, monday))) return 0
  const byManager = await findUnreachable(work, off)
  await work.tx.chore.update({
    where: { name_day: { name: UNREACHABLE, day: monday } },
    data: { found: Object.fromEntries(byManager) },
  })
  for (const managerId of byManager.keys())
    await issueCard(work, {
      kind: 'unreachable',
      subject: `unreachable:${managerId}:${monday}`,
      people: [managerId],
      route: standardRoute,
    })
  return byManager.size
}

/** Who is to be told of whom: their own manager, else any; of a manager, another one. */
export async function findUnreachable(work: Pick<Work, 'tx' | 'now'>, off: Off): Promise<Map<string, Unreachable[]>> {
  const people = await work.tx.person.findMany({
    where: { leftAt: null },
    select: { id: true, roles: true, managerId: true },
    orderBy: { id: 'asc' },
  })
  const judged = await judgePeople(
    work.tx,
    people.map((person) => person.id),
    { off, now: work.now },
  )
  const there = new Set(people.map((person) => person.id))
  const holding = (role: string) => people.filter((person) => person.roles.includes(role)).map((person) => person.id)
  const above = [...holding('manager'), ...holding('admin')]
  const byManager = new Map<string, Unreachable[]>()
  for (const { id, managerId } of people) {
    const channels = judged.get(id)
    if (!channels || !isUnreachable(channels)) continue
    const told = managerId && there.has(managerId) ? managerId : above.find((one) => one !== id)
    const about = { personId: id, why: whyUnreachable(channels), todo: whatToDo(channels) }
    if (told) byManager.set(told, [...(byManager.get(told) ?? []), about])
  }
  return byManager
}

function mondayOf(now: Date): string {
  const weekday = new Date(`${shanghaiDay(now)}T00:00:00Z`).getUTCDay()
  return shanghaiDay(now.getTime() - ((weekday + 6) % 7) * DAY_MS)
}

function firstWorkingDay(monday: string, week: Week): string | null {
  for (let n = 0; n < 7; n += 1) {
    const day = shanghaiDay(atMinute(monday, n * 24 * 60))
    if (isWorkingDay(day, week)) return day
  }
  return null
}
