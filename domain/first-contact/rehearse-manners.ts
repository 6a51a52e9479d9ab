import type { Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import type { About, Manner, Rehearsal, Rehearsed } from '../reminders/reminder-kind.js'
import { MANY, WINDOW_MS } from './find-manners.js'

/** find-manners.ts over a month in memory: what it needs of the rows is asked once, and each play begins with no card yet. */
export async function rehearseManners(db: Reader, abouts: About[]): Promise<() => Rehearsal> {
  const rows = await db.firstContact.findMany({
    where: { id: { in: abouts.map((about) => about.subjectId) } },
    select: { id: true, heardAt: true, contact: { select: { customer: { select: { tier: true } } } } },
  })
  const firsts = new Map(rows.map((row) => [row.id, row]))
  return () => {
    const cards = new Map<string, { subject: string; at: Date }>()
    return (one: Rehearsed): Manner => {
      const { about, personId, at } = one
      const first = firsts.get(about.subjectId)
      if (personId !== about.personId) {
        if (first?.contact.customer?.tier === 'A') return 'own'
        if (one.toldAbove < MANY) return 'digest'
        return { card: 'late-contacts', subject: `late-contacts:${about.personId}@${personId}#${shanghaiDay(at)}` }
      }
      if (one.open <= 1) return 'own'
      const since = Math.max(at.getTime() - WINDOW_MS, (first?.heardAt ?? at).getTime(), one.saidAt?.getTime() ?? 0)
      const last = cards.get(personId)
      if (last && (last.at.getTime() > since || last.at.getTime() === at.getTime()))
        return { card: 'new-contacts', subject: last.subject }
      const subject = `new-contacts:${personId}#${about.id}.${one.level}.0`
      cards.set(personId, { subject, at })
      return { card: 'new-contacts', subject }
    }
  }
}
