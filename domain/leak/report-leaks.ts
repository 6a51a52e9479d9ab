import { Prisma, type Reader } from '../../lib/db.js'
import { findLabels } from '../contact-way/find-labels.js'
import type { Actor } from '../person/actor.js'
import { calendarOf } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import { daysOf } from './clock-days.js'
import { assertLooks, counted } from './counted.js'
import type { LeakReport, Tally, Weeks } from './leak.contract.js'

type Row = Omit<Tally, 'reasons'> & {
  running: number
  late: number
  idle: number
  unreached: number
  source: string | null
  channel: string | null
  person: string | null
  week: string | null
  /** Which of source, channel, person and week the row is not about: one bit each. */
  by: number
}

/**
 * 漏录归因. **The leak rate is `leaked / all`**: of the first contacts of these weeks whose 24 hours (which pause on days off)
 * are over, those that became neither an opportunity nor got a reason in that time. Those that still run count nowhere but in
 * `running`. Exact definitions: counted.ts. One query over first_contact(at), one for names.
 */
export async function reportLeaks(db: Reader, actor: Actor, { weeks, now }: { weeks: Weeks; now: Date }): Promise<LeakReport> {
  assertLooks(actor)
  const { calm } = await findPolicy(db)
  const { from, to, days } = daysOf(weeks, now)
  const rows = await db.$queryRaw<Row[]>`
    SELECT source, channel, person_id AS person, week, GROUPING(source, channel, person_id, week)::int AS by,
      ${count(Prisma.sql`outcome <> 'running'`)} AS all, ${count(Prisma.sql`outcome = 'running'`)} AS running,
      ${count(Prisma.sql`outcome = 'opportunity'`)} AS opportunity, ${count(Prisma.sql`outcome = 'settled'`)} AS settled,
      ${count(Prisma.sql`outcome = 'leaked'`)} AS leaked, ${count(Prisma.sql`reason = 'late'`)} AS late,
      ${count(Prisma.sql`reason = 'idle'`)} AS idle, ${count(Prisma.sql`reason = 'unreached'`)} AS unreached,
      ${count(Prisma.sql`outcome = 'leaked' AND state <> 'open'`)} AS afterwards
    FROM (${counted({ actor, days, week: calendarOf(calm).week, now })}) AS counted
    GROUP BY GROUPING SETS ((), (source), (channel), (person_id), (week), (person_id, week))`
  const of = (by: number) => rows.filter((row) => row.by === by).sort((a, b) => b.leaked - a.leaked || a.all - b.all)
  const [total] = of(BY.nothing)
  const [people, labels] = await Promise.all([
    db.person.findMany({
      where: { id: { in: of(BY.person).flatMap((row) => row.person ?? []) } },
      select: { id: true, name: true },
    }),
    findLabels(
      db,
      of(BY.channel).map((row) => row.channel),
    ),
  ])
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const mondays = days.filter((_, i) => i % 7 === 0)
  const cells = new Map(of(BY.personAndWeek).map(({ person, week, leaked, all }) => [`${person} ${week}`, { leaked, all }]))
  const tallies = new Map(of(BY.week).map((row) => [row.week, tallyOf(row)]))
  return {
    from,
    to,
    total: tallyOf(total),
    running: total?.running ?? 0,
    bySource: of(BY.source).map((row) => ({ source: row.source ?? '', tally: tallyOf(row) })),
    byChannel: of(BY.channel).map((row) => ({
      channel: row.channel,
      label: row.channel ? (labels.get(row.channel) ?? row.channel) : '没有渠道',
      tally: tallyOf(row),
    })),
    byWeek: mondays.map((week) => ({ week, tally: tallies.get(week) ?? tallyOf(undefined) })),
    byRep: of(BY.person).map((row) => ({
      id: row.person ?? '',
      name: names.get(row.person ?? '') ?? '',
      tally: tallyOf(row),
      weeks: mondays.map((week) => cells.get(`${row.person} ${week}`) ?? { leaked: 0, all: 0 }),
    })),
  }
}

/** Bits of GROUPING: set for each that a row is not grouped by. */
const BY = { nothing: 0b1111, source: 0b0111, channel: 0b1011, person: 0b1101, week: 0b1110, personAndWeek: 0b1100 }

const count = (test: Prisma.Sql) => Prisma.sql`count(*) FILTER (WHERE ${test})::int`

function tallyOf(row: Row | undefined): Tally {
  const { all = 0, opportunity = 0, settled = 0, leaked = 0, late = 0, idle = 0, unreached = 0, afterwards = 0 } = row ?? {}
  return { all, opportunity, settled, leaked, reasons: { late, idle, unreached }, afterwards }
}
