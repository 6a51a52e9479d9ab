import type { Reader } from '../../lib/db.js'
import { reminderKind } from './find-kind.js'
import type { About } from './reminder-kind.js'

/** Whom a level may name, in any kind. */
export const standardAudiences: Record<string, string> = {
  holder: '负责跟进的人',
  lead: '他的上级',
  manager: '销售经理',
}

type Member = { id: string; managerId: string | null; leftAt: Date | null }

/** The people of one batch and those above them: asked for once. */
export async function createAudience(db: Reader, holders: string[]) {
  const known = new Map<string, Member>()
  const learn = async (ids: string[]) => {
    const missing = [...new Set(ids)].filter((id) => !known.has(id))
    if (missing.length === 0) return
    const people = await db.person.findMany({
      where: { id: { in: missing } },
      select: { id: true, managerId: true, leftAt: true },
    })
    for (const person of people) known.set(person.id, person)
  }
  await learn(holders)
  await learn([...known.values()].flatMap((person) => person.managerId ?? []))
  let managers: Promise<string[]> | undefined

  const findManagers = () => {
    managers ??= db.person
      .findMany({ where: { roles: { has: 'manager' }, leftAt: null }, select: { id: true }, orderBy: { name: 'asc' } })
      .then((people) => people.map((person) => person.id))
    return managers
  }

  /** Who is there in this person's place: their manager's, and so on up. */
  async function standing(id: string, depth = 0): Promise<string | null> {
    await learn([id])
    const person = known.get(id)
    if (!person || depth > 5) return null
    if (!person.leftAt) return id
    return person.managerId ? standing(person.managerId, depth + 1) : null
  }

  async function named(name: string, kind: string, about: About): Promise<string[]> {
    if (name === 'holder') return [about.personId]
    if (name === 'manager') return findManagers()
    if (name === 'lead') {
      const managerId = known.get(about.personId)?.managerId
      return managerId ? [managerId] : findManagers()
    }
    return (await reminderKind(kind).audiences?.[name]?.find(db, about)) ?? []
  }

  return {
    /** Nobody twice; who has left is stood in for; nobody at all is the managers' affair. */
    async find(names: string[], kind: string, about: About): Promise<string[]> {
      const there = new Set<string>()
      for (const name of names)
        for (const id of await named(name, kind, about)) {
          const person = await standing(id)
          if (person) there.add(person)
        }
      return there.size > 0 ? [...there] : findManagers()
    },
  }
}
