import type { Reader } from '../../lib/db.js'
import { coreOf } from '../first-contact/same-company.js'
import { type Actor, contactVisibleTo } from '../person/actor.js'
import { areApart } from './find-same-person.js'
import type { Likeness, SameContacts } from './merge.contract.js'
import { viewSide } from './view-side.js'

const MOST = 5

const select = {
  id: true,
  name: true,
  provisional: true,
  customerId: true,
  corpName: true,
  customer: { select: { name: true } },
  phones: { select: { hash: true } },
  follows: { select: { remarkCompany: true } },
} as const

type Candidate = {
  id: string
  name: string
  provisional: boolean
  customerId: string | null
  corpName: string | null
  customer: { name: string } | null
  phones: { hash: string }[]
  follows: { remarkCompany: string | null }[]
}

/** 可能是同一个人: of the contacts that this actor sees, those with the same number, or with the same name at the same company. */
export async function findSame(db: Reader, actor: Actor, contactId: string): Promise<SameContacts> {
  const seen = contactVisibleTo(actor)
  const me = await db.contact.findFirst({ where: { AND: [{ id: contactId, mergedIntoId: null }, seen] }, select })
  if (!me) return { rows: [], merged: null }
  const likely = await db.contact.findMany({
    where: {
      AND: [
        { id: { not: contactId }, mergedIntoId: null },
        seen,
        {
          OR: [
            { phones: { some: { hash: { in: me.phones.map(({ hash }) => hash) } } } },
            ...(me.provisional ? [] : [{ name: { equals: me.name, mode: 'insensitive' as const } }]),
          ],
        },
      ],
    },
    select,
    orderBy: { id: 'asc' },
    take: 50,
  })
  const rows: SameContacts['rows'] = []
  for (const one of likely) {
    const why = likenessOf(me, one)
    if (why.length === 0 || rows.length >= MOST || (await areApart(db, me.id, one.id))) continue
    rows.push({ ...(await viewSide(db, one.id)), why })
  }
  return { rows, merged: await findMerged(db, contactId) }
}

function likenessOf(a: Candidate, b: Candidate): Likeness[] {
  const why: Likeness[] = []
  if (a.phones.some(({ hash }) => b.phones.some((phone) => phone.hash === hash))) why.push('phone')
  const isNamed = !a.provisional && !b.provisional && a.name.trim().toLowerCase() === b.name.trim().toLowerCase()
  const theirs = companiesOf(b)
  if (isNamed && companiesOf(a).some((name) => theirs.includes(name))) why.push('same-company')
  return why
}

const companiesOf = ({ customer, corpName, follows }: Candidate): string[] =>
  [customer?.name, corpName, ...follows.map((follow) => follow.remarkCompany)].flatMap((name) => (name ? [coreOf(name)] : []))

async function findMerged(db: Reader, winnerId: string): Promise<SameContacts['merged']> {
  const last = await db.contactMerge.findFirst({
    where: { winnerId, undoneAt: null },
    orderBy: { id: 'desc' },
    include: { loser: { select: { name: true } }, by: { select: { name: true } } },
  })
  return last ? { mergeId: last.id, name: last.loser.name, at: last.at.toISOString(), by: last.by?.name ?? null } : null
}
