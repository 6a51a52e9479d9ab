import type { Reader } from '../../lib/db.js'
import { sayReason } from '../say-reason.js'
import type { DirectoryView } from './directory.contract.js'
import { LOOK } from './start-directory.js'

const READS = ['list-departments', 'list-members']

/** How it stands with the directory. Counts only. */
export async function describeDirectory(db: Reader): Promise<DirectoryView> {
  const last = await db.chore.findFirst({ where: { name: LOOK }, orderBy: { at: 'desc' } })
  const open = await db.outbox.findMany({ where: { state: 'open', kind: { in: READS } }, select: { reason: true } })
  const first = last ? await db.outbox.findUnique({ where: { key: `list-departments:${last.day}` } }) : null
  const why = open.find((row) => row.reason)?.reason ?? (first?.state === 'failed' ? first.reason : null)
  return {
    lastAt: last?.at.toISOString() ?? null,
    waiting: open.length,
    why: sayReason(why ?? '') || null,
    people: await db.person.count({ where: { leftAt: null, identities: { some: { platform: 'wecom', kind: 'member' } } } }),
    teams: await db.team.count({ where: { departmentKey: { not: null } } }),
  }
}
