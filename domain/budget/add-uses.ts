import type { Reader } from '../../lib/db.js'
import type { UsedWhat } from './budget.contract.js'

export type Use = { what: UsedWhat; api: string; day: string; count: number }

/** Several processes count at once: each adds its own. */
export async function addUses(db: Reader, platform: string, uses: Use[]): Promise<void> {
  // In the order of the key, or two processes could wait for each other.
  const sorted = uses.toSorted((a, b) => `${a.day} ${a.what} ${a.api}`.localeCompare(`${b.day} ${b.what} ${b.api}`))
  const column = <T>(of: (use: Use) => T) => sorted.map(of)
  await db.$executeRaw`
    INSERT INTO platform_use (platform, day, what, api, count)
    SELECT ${platform}, v.* FROM unnest(${column((use) => use.day)}::text[]::date[], ${column((use) => use.what)}::text[],
      ${column((use) => use.api)}::text[], ${column((use) => use.count)}::int[]) AS v(day, what, api, count)
    ON CONFLICT (platform, day, what, api) DO UPDATE SET count = platform_use.count + excluded.count`
}
