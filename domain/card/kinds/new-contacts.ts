import type { Reader } from '../../../lib/db.js'
import { formatClock, formatDay, formatSince } from '../../../lib/format/dates.js'
import { deadlineOf, KIND } from '../../first-contact/clock.js'
import { howWords } from '../../first-contact/words.js'
import { findPolicy } from '../../reminders/policy.js'
import type { Card } from '../card.js'

const MOST_LINES = 6

/** 「<person>#…」: the new contacts of this rep of whom nobody has said what they are, the one with the least time first. */
export async function drawNewContacts(db: Reader, subject: string, now: Date): Promise<Card | null> {
  const rows = await findOpen(db, subject.split('#')[0] ?? '', now)
  const [first] = rows
  if (!first) return null
  const { calm } = await findPolicy(db)
  const until = deadlineOf(first.at, calm)
  const when = `${formatDay(until, now)} ${formatClock(until)}`
  return {
    source: '不漏 · 新客户',
    title: rows.length === 1 ? `新客户「${first.contact.name}」还没建商机` : `有 ${rows.length} 位新客户还没建商机`,
    desc: until > now ? `${rows.length === 1 ? '' : '最早的一位'}${when} 前要有着落` : '已经超过 24 小时了',
    fields: linesOf(rows, now),
    buttons: [],
    page: '/h5/new-contacts',
  }
}

export type OpenRow = Awaited<ReturnType<typeof findOpen>>[number]

/** Those whose reminder this person holds. */
export async function findOpen(db: Reader, personId: string, now: Date) {
  const held = await db.reminder.findMany({
    where: { kind: KIND, personId, state: 'open', startedAt: { lte: now } },
    select: { subject: true },
  })
  return db.firstContact.findMany({
    where: { id: { in: held.map(({ subject }) => subject.slice(subject.indexOf(':') + 1)) }, state: 'open' },
    include: { contact: { select: { name: true } } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  })
}

export const linesOf = (rows: OpenRow[], now: Date): Card['fields'] =>
  rows.slice(0, MOST_LINES).map((row) => ({
    label: row.contact.name,
    value: [`${formatSince(row.at, now)}${howWords(row.source)}`, row.channel].filter(Boolean).join(' · '),
  }))
