import { Prisma, type Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { addDays } from '../leak/clock-days.js'
import { assertLooks, inTeam } from '../leak/counted.js'
import type { Actor } from '../person/actor.js'
import type { Checkup, RepBehaviour } from './checkup.contract.js'
import { contactTests, knownContacts, knownCustomers } from './known-contacts.js'

type Counts = { contacts: number; noCompany: number; noPhone: number; twoReps: number; noTag: number }

/**
 * 体检报告: what the organisation's own data say of its customers, without anybody having typed for it; and how colleagues
 * dealt with them in the last `days` days until yesterday, as the platform counts.
 */
export async function reportCheckup(db: Reader, actor: Actor, { days, now }: { days: number; now: Date }): Promise<Checkup> {
  assertLooks(actor)
  const test = (one: Prisma.Sql) => Prisma.sql`count(*) FILTER (WHERE ${one})::int`
  const [found] = await db.$queryRaw<Counts[]>`
    SELECT count(*)::int AS contacts, ${test(contactTests['no-company'])} AS "noCompany", ${test(contactTests['no-phone'])} AS "noPhone",
      ${test(contactTests['two-reps'])} AS "twoReps", ${test(contactTests['no-tag'])} AS "noTag"
    FROM (${knownContacts(actor)}) AS known`
  const { contacts, noCompany, noPhone, twoReps, noTag } = found ?? {
    contacts: 0,
    noCompany: 0,
    noPhone: 0,
    twoReps: 0,
    noTag: 0,
  }
  const [companies] = await db.$queryRaw<{ customers: number; oneRep: number }[]>`
    SELECT count(*)::int AS customers, count(*) FILTER (WHERE reps = 1)::int AS "oneRep" FROM (${knownCustomers(actor)}) AS known`
  const { customers, oneRep } = companies ?? { customers: 0, oneRep: 0 }
  const to = addDays(shanghaiDay(now), -1)
  const from = addDays(to, 1 - days)
  return {
    contacts,
    customers,
    items: [
      { item: 'one-rep', count: oneRep, of: customers },
      { item: 'no-company', count: noCompany, of: contacts },
      { item: 'no-phone', count: noPhone, of: contacts },
      { item: 'two-reps', count: twoReps, of: contacts },
      { item: 'no-tag', count: noTag, of: contacts },
    ],
    tagsUnknown: contacts > 0 && noTag === contacts,
    behaviour: { from, to, reps: await sumBehaviour(db, actor, { from, to }) },
  }
}

/**
 * One row for everybody in scope of whom the platform was asked. Shares and minutes are means of the days, weighed by their
 * chats: the platform gives shares a day and not what was divided.
 */
async function sumBehaviour(db: Reader, actor: Actor, { from, to }: { from: string; to: string }): Promise<RepBehaviour[]> {
  type Row = Omit<RepBehaviour, 'known'> & { since: string | null; until: string | null }
  const rows = await db.$queryRaw<Row[]>`
    SELECT person.id, person.name, s.why, s.from_day AS since, s.to_day AS until,
      coalesce(sum(d.chats), 0)::int AS chats, coalesce(sum(d.lost), 0)::int AS lost, coalesce(sum(d.added), 0)::int AS added,
      ${mean(Prisma.sql`d.reply_percent`)} AS "replyPercent", ${mean(Prisma.sql`d.first_reply_minutes`)} AS "firstReplyMinutes"
    FROM behaviour_state s JOIN person ON person.id = s.person_id AND person.left_at IS NULL
    LEFT JOIN behaviour_day d ON d.person_id = s.person_id AND d.day >= ${from} AND d.day <= ${to}
    WHERE ${inTeam(actor)} GROUP BY person.id, s.person_id
    ORDER BY "replyPercent" ASC NULLS LAST, person.name`
  return rows.map(({ since, until, ...row }) => {
    const known = since && until && until >= from ? { from: since > from ? since : from, to: until < to ? until : to } : null
    return { ...row, known }
  })
}

const mean = (value: Prisma.Sql) =>
  Prisma.sql`sum(${value} * greatest(d.chats, 1)) / nullif(sum(greatest(d.chats, 1)) FILTER (WHERE ${value} IS NOT NULL), 0)`
