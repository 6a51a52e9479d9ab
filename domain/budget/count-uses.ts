import type { Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import type { UsedWhat } from './budget.contract.js'

const LOOK_BACK_MS = 30 * 24 * 3_600_000

export type Uses = { what: UsedWhat; day: string; api: string; count: number }

/** What was used in this month, and in the thirty days behind it. `machineNow`: the platform counts by the real calendar. */
export async function countUses(db: Reader, platform: string, machineNow: Date): Promise<Uses[]> {
  const from = shanghaiDay(machineNow.getTime() - LOOK_BACK_MS)
  const first = `${shanghaiDay(machineNow).slice(0, 7)}-01`
  const rows = await db.platformUse.findMany({
    where: { platform, day: { gte: new Date(from < first ? from : first) } },
    select: { what: true, day: true, api: true, count: true },
  })
  return rows.map(({ what, day, ...row }) => ({
    ...row,
    what: what === 'push' ? 'push' : 'call',
    day: day.toISOString().slice(0, 10),
  }))
}

export const byDay = (uses: Uses[], what: UsedWhat): Map<string, number> => {
  const days = new Map<string, number>()
  for (const use of uses) if (use.what === what) days.set(use.day, (days.get(use.day) ?? 0) + use.count)
  return days
}
