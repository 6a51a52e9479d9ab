import type { Reader } from '../../../lib/db.js'
import { reminderKind, reminderKinds } from '../find-kind.js'
import type { About, Audience, Rehearsal } from '../reminder-kind.js'
import type { Started } from './replay.js'

const DAYS = 30
const MOST = 10_000
const AT_ONCE = 500

/** What began in the last 30 days, newest first where there is too much of it. */
export async function findStarted(db: Reader, now: Date): Promise<{ from: Date; started: Started[]; isAll: boolean }> {
  const from = new Date(now.getTime() - DAYS * 24 * 3_600_000)
  const rows = await db.reminder.findMany({
    where: { kind: { in: reminderKinds().map((kind) => kind.name) }, startedAt: { gte: from, lte: now } },
    orderBy: { startedAt: 'desc' },
    take: MOST + 1,
    select: {
      id: true,
      kind: true,
      subject: true,
      personId: true,
      customerId: true,
      startedAt: true,
      settledAt: true,
      targetAt: true,
    },
  })
  return { from, started: rows.slice(0, MOST).reverse(), isAll: rows.length <= MOST }
}

const aboutOf = (one: Started): About => ({
  ...one,
  subjectId: one.subject.slice(one.subject.indexOf(':') + 1),
  dueAt: one.startedAt,
})

/** How each is said, by the kinds that say so themselves. */
export async function findRehearsals(db: Reader, started: Started[]): Promise<Map<string, () => Rehearsal>> {
  const found = new Map<string, () => Rehearsal>()
  for (const name of new Set(started.map((one) => one.kind))) {
    const { rehearse } = reminderKind(name)
    if (rehearse) found.set(name, await rehearse(db, started.filter((one) => one.kind === name).map(aboutOf)))
  }
  return found
}

/** Whom an audience has, for each of those reminders. */
export async function findOwn(db: Reader, audience: Audience | undefined, abouts: About[]): Promise<Map<string, string[]>> {
  if (!audience) return new Map()
  if (audience.findAll) return audience.findAll(db, abouts)
  const found: [string, string[]][] = []
  for (let i = 0; i < abouts.length; i += AT_ONCE) {
    const some = abouts.slice(i, i + AT_ONCE)
    found.push(
      ...(await Promise.all(some.map(async (one): Promise<[string, string[]]> => [one.id, await audience.find(db, one)]))),
    )
  }
  return new Map(found)
}

/** Who is told: as people stand now. */
export async function findPeople(db: Reader, started: Started[], named: (kind: string) => string[]) {
  const people = await db.person.findMany({
    select: { id: true, name: true, managerId: true, leftAt: true, roles: true },
    orderBy: { name: 'asc' },
  })
  const byId = new Map(people.map((person) => [person.id, person]))
  const managers = people.filter((one) => one.roles.includes('manager') && !one.leftAt).map((one) => one.id)
  const own = new Map<string, string[]>()
  for (const kind of new Set(started.map((one) => one.kind)))
    for (const name of named(kind)) {
      const found = await findOwn(
        db,
        reminderKind(kind).audiences?.[name],
        started.filter((one) => one.kind === kind).map(aboutOf),
      )
      for (const [id, people] of found) own.set(`${id} ${name}`, people)
    }

  /** Who is there in this person's place: their manager's, and so on up. */
  function standing(id: string, depth = 0): string | null {
    const person = byId.get(id)
    if (!person || depth > 5) return null
    if (!person.leftAt) return id
    return person.managerId ? standing(person.managerId, depth + 1) : null
  }
  function called(name: string, { id, personId }: Started): string[] {
    if (name === 'holder') return [personId]
    if (name === 'manager') return managers
    if (name === 'lead') return byId.get(personId)?.managerId ? [byId.get(personId)?.managerId ?? ''] : managers
    return own.get(`${id} ${name}`) ?? []
  }

  return {
    nameOf: (id: string) => byId.get(id)?.name ?? '同事',
    isManager: (id: string) => byId.get(id)?.roles.some((role) => role === 'manager' || role === 'lead') ?? false,
    peopleOf(reminder: Started, to: string[]): string[] {
      const there = to.flatMap((name) => called(name, reminder)).flatMap((id) => standing(id) ?? [])
      return there.length > 0 ? [...new Set(there)] : managers
    },
  }
}
