import type { Reader } from '../../lib/db.js'
import { isRole } from './actor.js'
import type { PersonBrief } from './person.contract.js'

/** Everyone who has not left, by name: whom a sentence may speak of. */
export const listColleagues = (db: Reader): Promise<{ id: string; name: string }[]> =>
  db.person.findMany({ where: { leftAt: null }, select: { id: true, name: true }, orderBy: { id: 'asc' } })

/** The same, with what they do: whom a matter can be handed to. */
export async function findColleagues(db: Reader): Promise<PersonBrief[]> {
  const people = await db.person.findMany({
    where: { leftAt: null },
    select: { id: true, name: true, roles: true },
    orderBy: { name: 'asc' },
  })
  return people.map(({ roles, ...person }) => ({ ...person, roles: roles.filter(isRole) }))
}
