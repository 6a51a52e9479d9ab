import type { Reader } from '../../lib/db.js'

const MOST = 50

/** Who set a setting to what, newest first. */
export async function listVersions(db: Reader, name: string) {
  const versions = await db.rule.findMany({ where: { name }, orderBy: { version: 'desc' }, take: MOST })
  const people = await db.person.findMany({
    where: { id: { in: versions.map((version) => version.by).filter((by) => by !== 'system') } },
    select: { id: true, name: true },
  })
  const nameOf = new Map(people.map((person) => [person.id, person.name]))
  return versions.map(({ version, value, by, at }) => ({ version, value, by: nameOf.get(by) ?? '系统', at: at.toISOString() }))
}
