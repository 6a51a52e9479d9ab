import { newId } from '../../lib/ids.js'
import { tellOpened } from '../quote-notice/tell-opened.js'
import type { Work } from '../work.js'
import type { SeenInput } from './quote-visit.contract.js'

export type Seen = SeenInput & {
  quoteId: string
  versionId: string
  linkId: string
  /** SHA-256 of what the device's cookie says. */
  viewer: string
  /** Who that is, where the platform said so. */
  contactId: string | null
  /** A few words: 「iPhone · 微信」. */
  device: string
}

/**
 * Somebody sees a quote: a page before somebody's eyes reported it. A device that was not there before is a visit of its own,
 * and of the first one the rep hears. Returns the visit's id.
 */
export async function noteVisit(work: Work, seen: Seen): Promise<string> {
  const again = await addTo(work, seen)
  if (again) return again
  // The quote's lock: two devices get two numbers, and a double report of one device is one visit.
  await work.tx.$queryRaw`SELECT 1 FROM quote WHERE id = ${seen.quoteId}::uuid FOR UPDATE`
  return (await addTo(work, seen)) ?? begin(work, seen)
}

async function begin(work: Work, seen: Seen): Promise<string> {
  const { linkId, viewer, contactId, device, sections, stoppedAt } = seen
  const last = await work.tx.quoteVisit.aggregate({ where: { linkId }, _max: { number: true } })
  const { id } = await work.tx.quoteVisit.create({
    data: {
      ...{ id: newId(), linkId, viewer, number: (last._max.number ?? 0) + 1, contactId, device },
      ...{ openedAt: work.now, lastAt: work.now, sections, stoppedAt },
    },
  })
  await work.tx.quoteVersion.updateMany({ where: { id: seen.versionId, openedAt: null }, data: { openedAt: work.now } })
  await tellOpened(work, id)
  return id
}

/** Null: this device was not there before. */
async function addTo(work: Work, { linkId, viewer, ...seen }: Seen): Promise<string | null> {
  const [visit] = await work.tx.$queryRaw<{ id: string; sections: Record<string, number> }[]>`
    SELECT id, sections FROM quote_visit WHERE link_id = ${linkId}::uuid AND viewer = ${viewer} FOR UPDATE`
  if (!visit) return null
  const sections = { ...visit.sections }
  for (const [name, seconds] of Object.entries(seen.sections)) sections[name] = (sections[name] ?? 0) + (seconds ?? 0)
  await work.tx.quoteVisit.update({
    where: { id: visit.id },
    data: {
      sections,
      lastAt: work.now,
      ...(seen.opening ? { opens: { increment: 1 } } : {}),
      ...(seen.stoppedAt ? { stoppedAt: seen.stoppedAt } : {}),
      ...(seen.contactId ? { contactId: seen.contactId } : {}),
    },
  })
  work.touched.add(`quote:${seen.quoteId}`)
  return visit.id
}
