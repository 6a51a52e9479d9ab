import type { Reader } from '../../lib/db.js'
import { formatMoneyShort } from '../../lib/format/money.js'
import { sectionLabel } from '../../lib/format/quote-sections.js'
import type { RemindedEntry } from '../customer/reminded.contract.js'
import { type Actor, visibleTo } from '../person/actor.js'
import { quoteVisibleTo } from './find-quote.js'

const MOST = 8
const THE_CUSTOMER = '客户'
const name = { select: { name: true } } as const

/** Quotes as lines of a customer's story, the last few: sent and for how much, opened by whom and how far, what was answered. */
export async function listQuoteLines(
  db: Reader,
  actor: Actor,
  { customerId }: { customerId: string | null },
): Promise<RemindedEntry[]> {
  if (!customerId) return []
  const quote = { AND: [{ customerId }, quoteVisibleTo(actor)] }
  const kinds = [sent(db, quote), visits(db, quote), answers(db, quote), ends(db, quote), outside(db, actor, customerId)]
  const lines = (await Promise.all(kinds)).flat()
  return lines.sort((a, b) => b.at.localeCompare(a.at)).slice(0, MOST)
}

type Whose = { AND: object[] }

async function sent(db: Reader, quote: Whose): Promise<RemindedEntry[]> {
  const rows = await db.quoteVersion.findMany({
    where: { quote },
    select: {
      id: true,
      version: true,
      totalFen: true,
      sentAt: true,
      sentBy: name,
      quote: { select: { id: true, number: true } },
    },
    orderBy: { sentAt: 'desc' },
    take: MOST,
  })
  return rows.map((row) =>
    line(row.quote, {
      ...{ id: row.id, at: row.sentAt, what: 'quote-sent', who: row.sentBy.name },
      title: [called(row.quote, row.version), formatMoneyShort(row.totalFen)],
    }),
  )
}

/** A device is one line, however often it looked: the last time, and where it stopped. */
async function visits(db: Reader, quote: Whose): Promise<RemindedEntry[]> {
  const rows = await db.quoteVisit.findMany({
    where: { link: { version: { quote } } },
    include: {
      contact: name,
      link: { select: { version: { select: { version: true, quote: { select: { id: true, number: true } } } } } },
    },
    orderBy: { lastAt: 'desc' },
    take: MOST,
  })
  return rows.map(({ link: { version }, ...row }) => {
    const stopped = sectionLabel(row.stoppedAt)
    const title = [
      called(version.quote, version.version),
      stopped && `停在${stopped}`,
      row.opens > 1 && `第 ${row.opens} 次`,
      row.number > 1 && '转给了别人',
      row.device,
    ]
    return line(version.quote, {
      id: row.id,
      at: row.lastAt,
      what: 'quote-opened',
      who: row.contact?.name ?? THE_CUSTOMER,
      title,
    })
  })
}

async function answers(db: Reader, quote: Whose): Promise<RemindedEntry[]> {
  const rows = await db.quoteAnswer.findMany({
    where: { quote },
    select: {
      ...{ id: true, at: true, kind: true, name: true, words: true },
      version: { select: { version: true } },
      quote: { select: { id: true, number: true } },
    },
    orderBy: { at: 'desc' },
    take: MOST,
  })
  return rows.map((row) =>
    line(row.quote, {
      ...{ id: row.id, at: row.at, what: `quote-${row.kind}`, who: row.name ?? THE_CUSTOMER },
      title: [called(row.quote, row.version.version), row.words],
    }),
  )
}

async function ends(db: Reader, quote: Whose): Promise<RemindedEntry[]> {
  const withdrawn = await db.quote.findMany({
    where: { AND: [quote, { state: 'withdrawn' }] },
    select: { id: true, number: true, endedAt: true, owner: name },
    orderBy: { endedAt: 'desc' },
    take: MOST,
  })
  const contracts = await db.contract.findMany({ where: { quote }, include: { quote: { select: { id: true, number: true } } } })
  const makers = await db.person.findMany({
    where: { id: { in: contracts.map(({ createdById }) => createdById) } },
    select: { id: true, name: true },
  })
  return [
    ...withdrawn.flatMap((row) => {
      const end = { id: `${row.id}.end`, what: 'quote-withdrawn', who: row.owner.name, title: [`报价 ${row.number}`] }
      return row.endedAt ? [line(row, { ...end, at: row.endedAt })] : []
    }),
    ...contracts.map((row) =>
      line(row.quote, {
        ...{ id: row.id, at: row.createdAt, what: 'contract-made' },
        who: makers.find(({ id }) => id === row.createdById)?.name ?? '',
        title: [`合同 ${row.number}`, formatMoneyShort(row.totalFen)],
      }),
    ),
  ]
}

/** 系统外报价, which a person confirmed: there is no page of it. */
async function outside(db: Reader, actor: Actor, customerId: string): Promise<RemindedEntry[]> {
  const rows = await db.outsideQuote.findMany({
    where: { state: 'confirmed', opportunity: { customerId, OR: [{ ownerId: actor.personId }, { customer: visibleTo(actor) }] } },
    include: { opportunity: { select: { number: true, owner: name } } },
    orderBy: { at: 'desc' },
    take: MOST,
  })
  return rows.map(({ id, at, totalFen, opportunity }) => ({
    ...{ id, what: 'outside-quote', reminderId: null, to: null, at: at.toISOString(), people: [opportunity.owner.name] },
    title: [`商机 ${opportunity.number}`, totalFen === null ? null : formatMoneyShort(totalFen)].filter(Boolean).join(' · '),
  }))
}

const called = ({ number }: { number: number }, version: number) => `报价 ${number}${version > 1 ? ` v${version}` : ''}`

type Line = { id: string; at: Date; what: string; who: string; title: (string | null | false)[] }

const line = (quote: { id: string }, { id, at, what, who, title }: Line): RemindedEntry => ({
  ...{ id, what, reminderId: null, to: null, page: `/quote/${quote.id}` },
  at: at.toISOString(),
  people: who ? [who] : [],
  title: title.filter(Boolean).join(' · '),
})
