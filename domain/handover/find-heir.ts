import type { Reader } from '../../lib/db.js'

const MOST_ABOVE = 10

/**
 * Who sees to what somebody leaves behind: their manager, that one's manager where they have left too, then any sales
 * manager, then an administrator. Null: nobody is there.
 */
export async function findHeir(db: Reader, personId: string): Promise<string | null> {
  const seen = new Set([personId])
  let above = await managerOf(db, personId)
  while (above && !seen.has(above) && seen.size <= MOST_ABOVE) {
    seen.add(above)
    const person = await db.person.findUnique({ where: { id: above }, select: { leftAt: true, managerId: true } })
    if (!person) break
    if (!person.leftAt) return above
    above = person.managerId
  }
  for (const role of ['manager', 'admin']) {
    const there = await db.person.findFirst({
      where: { roles: { has: role }, leftAt: null, id: { not: personId } },
      select: { id: true },
      orderBy: { id: 'asc' },
    })
    if (there) return there.id
  }
  return null
}

const managerOf = async (db: Reader, id: string) =>
  (await db.person.findUnique({ where: { id }, select: { managerId: true } }))?.managerId ?? null

/** The same people, with whoever sees to it in place of those who have left; nobody twice. */
export async function standIns(db: Reader, people: string[]): Promise<string[]> {
  const left = await db.person.findMany({ where: { id: { in: people }, leftAt: { not: null } }, select: { id: true } })
  if (left.length === 0) return people
  const heirs = new Map<string, string | null>()
  for (const { id } of left) heirs.set(id, await findHeir(db, id))
  return [...new Set(people.map((id) => (heirs.has(id) ? heirs.get(id) : id)))].filter((id) => typeof id === 'string')
}
