import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import type { ArchiveStanding } from './archive.contract.js'

const SOURCE = 'wecom'

/** For an administrator: can the archive be read, what is lost, and how many of the customers agreed. */
export async function getArchive(db: Reader, keys: string[] | null): Promise<ArchiveStanding> {
  const cursor = await db.archiveCursor.findUnique({ where: { source: SOURCE } })
  const counts = await db.follow.groupBy({
    by: ['consent'],
    where: { endedAt: null, contact: { mergedIntoId: null, identities: { some: { platform: SOURCE, kind: 'external' } } } },
    _count: true,
  })
  const count = (consent: string | null) => counts.find((one) => one.consent === consent)?._count ?? 0
  return {
    on: keys !== null,
    reason: cursor?.reason ?? null,
    gap: cursor?.gap ?? null,
    pulledAt: cursor?.pulledAt?.toISOString() ?? null,
    keys: keys ?? [],
    consent: { agreed: count('agreed'), refused: count('refused'), unknown: count(null) },
  }
}

/** 知道了: the gap was read by somebody, who has told the reps. It stays in the audit. */
export async function clearGap(work: Work, actor: Actor, gap: string): Promise<void> {
  const { count } = await work.tx.archiveCursor.updateMany({ where: { source: SOURCE, gap }, data: { gap: null } })
  const left = count === 0 && (await work.tx.archiveCursor.findUnique({ where: { source: SOURCE }, select: { gap: true } }))?.gap
  if (left) throw new Refused('changed-meanwhile', '又缺了一段，先看看新的说明', 409)
  if (count === 0) return
  await record(work, { actor: actor.personId, verb: 'archive-gap-cleared', subject: 'archive', content: { gap } })
  work.touched.add('archive')
}
