import type { Reader } from '../../lib/db.js'
import type { CallSetup } from './call.contract.js'
import { findDialRead } from './dial-window.js'
import { EXTENSIONS, findExtensions } from './find-people.js'
import { NOBODY } from './hear-phone-call.js'

/** How calls reach us, for a manager: who sits where, which numbers nobody is known to use, and when each source spoke last. */
export async function getSetup(db: Reader, hook: { on: boolean; address: string }): Promise<CallSetup> {
  const known = await findExtensions(db)
  const people = await db.person.findMany({
    where: { id: { in: known.map(({ personId }) => personId) } },
    select: { id: true, name: true },
  })
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const [version, unknown, pushed, dialled] = await Promise.all([
    db.rule.findFirst({ where: { name: EXTENSIONS }, orderBy: { version: 'desc' }, select: { version: true } }),
    findUnknown(db),
    db.call.findFirst({ where: { source: 'hook' }, orderBy: { heardAt: 'desc' }, select: { heardAt: true } }),
    findDialRead(db),
  ])
  return {
    extensions: known.map((one) => ({ ...one, name: names.get(one.personId) ?? '已离开的同事' })),
    version: version?.version ?? 0,
    unknown,
    hook: { ...hook, lastAt: pushed?.heardAt.toISOString() ?? null },
    dial: { lastAt: dialled?.at.toISOString() ?? null, why: dialled?.why ?? null },
  }
}

/** Numbers of ours that parked calls wait for, those with most calls first. */
async function findUnknown(db: Reader): Promise<CallSetup['unknown']> {
  const rows = await db.$queryRaw<{ number: string; calls: number }[]>`
    SELECT split_part(split_part(reason, ' ', 2), ':', 1) AS number, count(*)::int AS calls FROM inbox
    WHERE source = 'calls' AND state = 'parked' AND reason LIKE ${`${NOBODY} %`} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50`
  return rows
}
