import type { Reader } from '../../lib/db.js'
import type { ChatPlatform } from './person.contract.js'

type Row = { person_id: string; platforms: ChatPlatform[] }

/**
 * The chat platforms by which each person can be written to, the better one first: the one that they chose, else where they
 * were seen last, else WeCom. Who is known by no account at all gets WeCom, whose sending says so.
 */
export async function findChats(db: Reader, personIds: string[]): Promise<Map<string, ChatPlatform[]>> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT person_id, array_agg(platform ORDER BY chosen DESC, seen DESC NULLS LAST, platform DESC) AS platforms
    FROM (SELECT DISTINCT i.person_id, i.platform, i.platform = coalesce(p.prefers, '') AS chosen,
        greatest(r.active_at, r.confirmed_at) AS seen
      FROM identity i JOIN person p ON p.id = i.person_id
        LEFT JOIN reach r ON r.person_id = i.person_id AND r.channel = i.platform
      WHERE i.person_id = ANY(${[...new Set(personIds)]}::uuid[]) AND i.kind = 'member') AS known
    GROUP BY person_id`
  const found = new Map(rows.map((row) => [row.person_id, row.platforms]))
  return new Map(personIds.map((id) => [id, found.get(id) ?? ['wecom']]))
}
