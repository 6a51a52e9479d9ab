import type { Reader } from '../../lib/db.js'
import { describeDirectory } from '../directory/describe-directory.js'
import { listUnheard } from '../list-unheard.js'
import { sayReason } from '../say-reason.js'
import { findSkew } from './clock-skew.js'
import { RUN } from './edge.js'
import type { PlatformView } from './sync.contract.js'

const LOOKS = ['list-followers', 'list-contacts', 'backfill-contacts']

/** How it stands with what the platform tells us. Counts only: nobody's customers are named. */
export async function describePlatform(db: Reader, now: Date): Promise<PlatformView> {
  const last = await db.chore.findFirst({ where: { name: RUN }, orderBy: { at: 'desc' } })
  const open = await db.outbox.findMany({ where: { state: 'open', kind: { in: LOOKS } }, select: { reason: true } })
  const ended = last ? await db.outbox.findUnique({ where: { key: `list-followers:${last.day}` } }) : null
  const swept = await db.chore.groupBy({ by: ['name'], where: { name: { startsWith: `${RUN}:` } }, _max: { at: true } })
  // A look that an administrator asked for is no day's, and counts all the same.
  const looks = [last?.at, ...swept.map((one) => one._max.at)].flatMap((at) => at?.getTime() ?? [])
  return {
    sync: {
      lastAt: looks.length > 0 ? new Date(Math.max(...looks)).toISOString() : null,
      waiting: open.length,
      why: sayReason(open.find((row) => row.reason)?.reason ?? (ended?.state === 'failed' ? ended.reason : '') ?? '') || null,
      members: swept.length,
      contacts: await db.follow.count({ where: { addWay: { not: null }, endedAt: null } }),
    },
    directory: await describeDirectory(db),
    unheard: await listUnheard(db),
    skewSeconds: await findSkew(db, now),
  }
}
