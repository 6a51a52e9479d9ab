import type { Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import type { Manner, Saying } from '../reminders/reminder-kind.js'
import { KIND } from './clock.js'

/** A card lists all that its rep has open: what it listed so short a while ago is not said by another one. */
export const WINDOW_MS = 3 * 3_600_000
/** So many of one rep over their time are a card to the manager. */
export const MANY = 3

/**
 * A rep's new contacts stand on one card together; a single one has a card with buttons of its own. Those above read of it in
 * their digest, unless the customer is of tier A or it is the third of one rep.
 */
export async function findManners(db: Reader, said: Saying[], now: Date): Promise<Manner[]> {
  const ids = [...new Set(said.map(({ about }) => about.subjectId))]
  const rows = await db.firstContact.findMany({
    where: { id: { in: ids } },
    select: { id: true, heardAt: true, contact: { select: { customer: { select: { tier: true } } } } },
  })
  const firsts = new Map(rows.map((row) => [row.id, row]))
  const fresh = new Map<string, string>()
  const manners: Manner[] = []
  for (const one of said) {
    const first = firsts.get(one.about.subjectId)
    if (one.personId !== one.about.personId) {
      const isTop = first?.contact.customer?.tier === 'A'
      manners.push(isTop ? 'own' : await aboveManner(db, { one, said, now }))
    } else if (fresh.has(one.personId) || (await countOpen(db, one.personId, now)) > 1) {
      const subject = fresh.get(one.personId) ?? (await findCard(db, { one, now, heardAt: first?.heardAt ?? now }))
      fresh.set(one.personId, subject)
      manners.push({ card: 'new-contacts', subject })
    } else manners.push('own')
  }
  return manners
}

const countOpen = (db: Reader, personId: string, now: Date) =>
  db.reminder.count({ where: { kind: KIND, personId, state: 'open', startedAt: { lte: now } } })

/** One that listed this contact a short while ago and since its last saying, or a new one. */
async function findCard(db: Reader, { one, now, heardAt }: { one: Saying; now: Date; heardAt: Date }): Promise<string> {
  const since = Math.max(now.getTime() - WINDOW_MS, heardAt.getTime(), one.saidAt?.getTime() ?? 0)
  const last = await db.card.findFirst({
    where: {
      kind: 'new-contacts',
      subject: { startsWith: `new-contacts:${one.personId}#` },
      createdAt: { gt: new Date(since) },
    },
    orderBy: { createdAt: 'desc' },
    select: { subject: true },
  })
  return last?.subject ?? `new-contacts:${one.personId}#${one.about.id}.${one.level}.${one.round}`
}

/** What a manager was told of one rep's and is told now, together. */
async function aboveManner(db: Reader, { one, said, now }: { one: Saying; said: Saying[]; now: Date }): Promise<Manner> {
  const rep = one.about.personId
  const told = await db.notice.findMany({
    where: { personId: one.personId, level: one.level, reminder: { kind: KIND, personId: rep, state: 'open' } },
    select: { reminderId: true },
  })
  const together = said.filter((other) => other.personId === one.personId && other.about.personId === rep)
  const late = new Set([...told.map(({ reminderId }) => reminderId), ...together.map(({ about }) => about.id)])
  if (late.size < MANY) return 'digest'
  return { card: 'late-contacts', subject: `late-contacts:${rep}@${one.personId}#${shanghaiDay(now)}` }
}
