import type { Reader } from '../../lib/db.js'

/** Everyone who has not left, by name: whom a sentence may speak of. */
export const listColleagues = (db: Reader): Promise<{ id: string; name: string }[]> =>
  db.person.findMany({ where: { leftAt: null }, select: { id: true, name: true }, orderBy: { id: 'asc' } })
