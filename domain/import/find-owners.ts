import type { Reader } from '../../lib/db.js'

/** Who a name in the column 归属 means: whom somebody chose for it, or the one colleague who is called that. */
export async function findOwners(db: Reader, chosen: Record<string, string>): Promise<(name: string) => string | null> {
  const people = await db.person.findMany({ where: { leftAt: null }, select: { id: true, name: true } })
  const there = new Set(people.map(({ id }) => id))
  const byName = new Map<string, string | null>()
  for (const { id, name } of people) byName.set(name, byName.has(name) ? null : id)
  return (name) => {
    const said = Object.hasOwn(chosen, name) ? chosen[name] : undefined
    return said && there.has(said) ? said : (byName.get(name) ?? null)
  }
}
