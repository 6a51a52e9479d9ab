import type { Reader } from '../../lib/db.js'

type Side = NonNullable<Awaited<ReturnType<typeof findSide>>>

/**
 * Somebody who is beyond doubt the same person: with the same union id, or with the same number where the platform or a rep's
 * remark says that it is theirs and nothing speaks against it. Whom a person told apart stays apart.
 */
export async function findSamePerson(
  db: Reader,
  contactId: string,
  unionid?: string,
): Promise<{ contactId: string; why: 'unionid' | 'phone' } | null> {
  const me = await findSide(db, contactId)
  if (!me) return null
  const union = unionid ?? unionidsOf(me)[0]
  if (union) {
    const other = await db.identity.findFirst({
      where: { kind: 'unionid', value: union, contactId: { not: contactId } },
      select: { contactId: true },
    })
    if (other?.contactId && !(await areApart(db, contactId, other.contactId)))
      return { contactId: other.contactId, why: 'unionid' }
  }
  const others = await db.contactPhone.findMany({
    where: { hash: { in: me.phones.map(({ hash }) => hash) }, contactId: { not: contactId }, contact: { mergedIntoId: null } },
    select: { contactId: true, hash: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  for (const { contactId: id, hash } of others) {
    const other = await findSide(db, id)
    if (other && isProof(me, other, hash) && !isAgainst(me, other) && !(await areApart(db, contactId, id)))
      return { contactId: id, why: 'phone' }
  }
  return null
}

const findSide = (db: Reader, id: string) =>
  db.contact.findFirst({ where: { id, mergedIntoId: null }, include: { identities: true, phones: true } })

const unionidsOf = ({ identities }: Side) => identities.filter(({ kind }) => kind === 'unionid').map(({ value }) => value)

/** Nothing is known of them but a number that somebody called from or was called on. */
const isOnlyNumber = ({ identities, customerId, phones }: Side) =>
  identities.length === 0 && customerId === null && phones.every(({ source }) => source === 'call')

function isProof(a: Side, b: Side, hash: string): boolean {
  if (isOnlyNumber(a) || isOnlyNumber(b)) return true
  return [a, b].some((side) =>
    side.phones.some((phone) => phone.hash === hash && (phone.source === 'remark' || phone.source === 'profile')),
  )
}

/**
 * Two accounts on one platform with one number may be two people at a front desk. Somebody with a company and somebody
 * without: that is for a person to say, unless one of them is nothing but the number.
 */
function isAgainst(a: Side, b: Side): boolean {
  const accounts = (side: Side) => side.identities.filter(({ kind }) => kind === 'external')
  const sharesPlatform = accounts(a).some((one) =>
    accounts(b).some((other) => other.platform === one.platform && other.organisation === one.organisation),
  )
  if (sharesPlatform) return true
  const [mine, theirs] = [unionidsOf(a), unionidsOf(b)]
  if (mine.length > 0 && theirs.length > 0 && !mine.some((id) => theirs.includes(id))) return true
  if (a.customerId === b.customerId || isOnlyNumber(a) || isOnlyNumber(b)) return false
  // The same person in another app: an account on each side, and one company at most.
  const isElsewhere = accounts(a).length > 0 && accounts(b).length > 0
  return !isElsewhere || (a.customerId !== null && b.customerId !== null)
}

/** A merge that was taken back, or two of whom somebody said that they are not one. */
export async function areApart(db: Reader, a: string, b: string): Promise<boolean> {
  const pair = {
    OR: [
      { winnerId: a, loserId: b },
      { winnerId: b, loserId: a },
    ],
  }
  return (await db.contactMerge.count({ where: { ...pair, undoneAt: { not: null } } })) > 0
}
