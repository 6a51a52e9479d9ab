import type { Reader } from '../../lib/db.js'
import { normalPhone } from '../../lib/format/phone.js'
import type { Secrets } from '../../lib/secret.js'
import { findRule } from '../rule/rule.js'
import { type Extension, extensions } from './call.contract.js'

/** The setting's name: who of ours sits at which extension. */
export const EXTENSIONS = 'phone-extensions'

/** The same extension or phone, however it is written. */
export const numberKey = (text: string): string => normalPhone(text) ?? text.replace(/\D/g, '')

export async function findExtensions(db: Reader): Promise<Extension[]> {
  return extensions.safeParse(await findRule(db, EXTENSIONS)).data ?? []
}

/**
 * Who of ours uses these numbers, by numberKey: the list of extensions first, since a manager wrote it, then the mobiles that
 * their owners proved, then those that a platform tells of its members. Somebody who left keeps the calls of their time, but takes no new ones.
 */
export async function findPeopleByNumber(db: Reader, points: Secrets, numbers: string[]): Promise<Map<string, string>> {
  const keys = new Set(numbers.map(numberKey).filter(Boolean))
  const byHash = new Map([...keys].map((key) => [points.hash(key), key]))
  const proved = await db.contactPoint.findMany({
    where: { channel: 'sms', hash: { in: [...byHash.keys()] }, OR: [{ provedAt: { not: null } }, { source: 'platform' }] },
    select: { hash: true, personId: true, person: { select: { mergedIntoId: true } } },
    orderBy: { provedAt: { sort: 'desc', nulls: 'first' } },
  })
  // A number that stayed with the one that was joined into another is the other's.
  const found = new Map(proved.map(({ hash, personId, person }) => [byHash.get(hash) ?? '', person.mergedIntoId ?? personId]))
  for (const { number, personId } of await findExtensions(db)) {
    const key = numberKey(number)
    if (keys.has(key)) found.set(key, personId)
  }
  return found
}
