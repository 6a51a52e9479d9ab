import type { Subject } from './subject.js'

export type Known = { userid: string; name: string; isRep: boolean }

/** Colleagues whom the product knows by their WeCom account and who have not left; null when the database can't be asked. */
export async function listKnown({ db, get }: Subject): Promise<Known[] | null> {
  if (!db) return null
  try {
    const rows = await db.identity.findMany({
      where: {
        platform: 'wecom',
        organisation: get('WECOM_CORP_ID') ?? '',
        kind: 'member',
        person: { leftAt: null },
      },
      select: { value: true, person: { select: { name: true, roles: true } } },
      orderBy: { value: 'asc' },
    })
    return rows.map(({ value, person }) => ({
      userid: value,
      name: person?.name ?? value,
      isRep: person?.roles.includes('rep') ?? false,
    }))
  } catch {
    return null
  }
}

/** Colleagues who have not left, and their userid in this DingTalk; null when the database can't be asked. */
export async function listColleagues(
  { db }: Subject,
  corpId: string,
): Promise<{ name: string; dingtalk: string | null }[] | null> {
  if (!db) return null
  try {
    const people = await db.person.findMany({
      where: { leftAt: null, identities: { some: { kind: 'member' } } },
      select: {
        name: true,
        identities: { where: { platform: 'dingtalk', organisation: corpId, kind: 'member' }, select: { value: true } },
      },
      orderBy: { name: 'asc' },
    })
    return people.map(({ name, identities }) => ({ name, dingtalk: identities[0]?.value ?? null }))
  } catch {
    return null
  }
}

/** At most so many at a time: 10,000 a minute is the limit for the whole corp. */
const together = 8

export async function mapSome<T, R>(items: T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  let next = 0
  const work = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await act(items[at] as T)
  }
  await Promise.all(Array.from({ length: Math.min(together, items.length) }, work))
  return results
}
