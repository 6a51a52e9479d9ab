import { Prisma, type Reader } from '../../lib/db.js'
import { formatDay, shanghaiDay } from '../../lib/format/dates.js'
import { atMinute } from '../../lib/working-days.js'
import { addDays } from '../leak/clock-days.js'
import { assertLooks, inTeam } from '../leak/counted.js'
import type { Actor } from '../person/actor.js'
import type { CheckupAsked, CheckupItem, CheckupNames } from './checkup.contract.js'
import { contactTests, knownContacts, knownCustomers } from './known-contacts.js'

const PAGE = 30

/** The names behind one number of the report, scoped as it is. Newest first; ids sort by when we first heard of them. */
export async function listCheckup(db: Reader, actor: Actor, asked: CheckupAsked & { now: Date }): Promise<CheckupNames> {
  assertLooks(actor)
  if (asked.item === 'lost') return listLost(db, actor, asked)
  const ids = await findIds(db, actor, { item: asked.item, after: asked.after })
  const page = ids.slice(0, PAGE)
  const rows = asked.item === 'one-rep' ? await nameCustomers(db, page) : await nameContacts(db, page)
  return { rows, next: ids.length > PAGE ? (page.at(-1) ?? null) : null }
}

async function findIds(
  db: Reader,
  actor: Actor,
  { item, after }: { item: CheckupItem; after: string | undefined },
): Promise<string[]> {
  const behind = after ? Prisma.sql`AND id < ${after}::uuid` : Prisma.empty
  const known = item === 'one-rep' ? knownCustomers(actor) : knownContacts(actor)
  const test = item === 'one-rep' ? Prisma.sql`reps = 1` : contactTests[item]
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (${known}) AS known WHERE ${test} ${behind} ORDER BY id DESC LIMIT ${PAGE + 1}`
  return rows.map(({ id }) => id)
}

const living = { where: { endedAt: null, person: { leftAt: null } }, select: { person: { select: { name: true } } } } as const

async function nameContacts(db: Reader, ids: string[]): Promise<CheckupNames['rows']> {
  const found = await db.contact.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, corpName: true, customer: { select: { name: true } }, follows: living },
    orderBy: { id: 'desc' },
  })
  return found.map(({ id, name, corpName, customer, follows }) => ({
    id,
    contactId: id,
    name,
    words: customer?.name ?? corpName ?? '还不知道是哪家',
    reps: follows.map((follow) => follow.person.name),
  }))
}

async function nameCustomers(db: Reader, ids: string[]): Promise<CheckupNames['rows']> {
  const found = await db.customer.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      name: true,
      contacts: {
        where: { mergedIntoId: null, follows: { some: { endedAt: null } } },
        select: { id: true, name: true, follows: living },
      },
    },
    orderBy: { id: 'desc' },
  })
  return found.map(({ id, name, contacts }) => ({
    id,
    contactId: contacts[0]?.id ?? null,
    name,
    words: contacts.map((contact) => contact.name).join('、'),
    reps: [...new Set(contacts.flatMap((contact) => contact.follows.map((follow) => follow.person.name)))],
  }))
}

/** Who deleted a colleague in these days, as far as an event told us: the platform's own number has no names. */
async function listLost(
  db: Reader,
  actor: Actor,
  { rep, days, now, after }: CheckupAsked & { now: Date },
): Promise<CheckupNames> {
  const today = shanghaiDay(now)
  const [from, to] = [atMinute(addDays(today, -days), 0), atMinute(today, 0)]
  const rows = await db.$queryRaw<{ id: string; name: string; at: Date; rep: string; company: string | null }[]>`
    SELECT c.id, c.name, f.ended_at AS at, person.name AS rep, customer.name AS company
    FROM follow f JOIN person ON person.id = f.person_id JOIN contact c ON c.id = f.contact_id LEFT JOIN customer ON customer.id = c.customer_id
    WHERE f.ended_by = 'customer' AND f.ended_at >= ${from} AND f.ended_at < ${to} AND ${inTeam(actor)}
      ${rep ? Prisma.sql`AND f.person_id = ${rep}::uuid` : Prisma.empty} ${after ? Prisma.sql`AND c.id < ${after}::uuid` : Prisma.empty}
    ORDER BY c.id DESC LIMIT ${PAGE + 1}`
  const page = rows.slice(0, PAGE)
  return {
    rows: page.map(({ id, name, at, rep: who, company }) => ({
      id,
      contactId: id,
      name,
      words: `${company ? `${company} · ` : ''}${formatDay(at, now)}删除`,
      reps: [who],
    })),
    next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null,
  }
}
