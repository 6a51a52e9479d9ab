import { Prisma, type Reader } from '../../lib/db.js'
import { onceADay } from '../chore.js'
import type { Work } from '../work.js'
import { joinPersons } from './join-persons.js'
import { joinLines } from './join-records.js'
import { moveAll } from './moved-columns.js'

/** Whoever had begun something with the one that is no more has ended it by then. */
const SWEEP_MS = { soon: 30_000, late: 10 * 60_000 }

/** SQL over «p»: one of ours who is there, and stands for themselves. */
export const isThere = Prisma.sql`p.left_at IS NULL AND p.merged_into_id IS NULL`

/** SQL over «a» and «b»: one is known in WeCom alone, the other in DingTalk alone, and nobody said that they are two. */
export const areElsewhere = Prisma.sql`a.platforms <> b.platforms AND a.platforms IN ('wecom', 'dingtalk')
  AND b.platforms IN ('wecom', 'dingtalk')
  AND NOT EXISTS (SELECT 1 FROM person_apart WHERE one_id = least(a.id, b.id) AND other_id = greatest(a.id, b.id))`

/** SQL: «platforms» of a person «p», in one order: 「dingtalk,wecom」. */
export const platformsOf = Prisma.sql`(SELECT string_agg(DISTINCT platform, ',' ORDER BY platform) FROM identity
  WHERE identity.person_id = p.id AND kind = 'member')`

/** So many at a look: a company that connects has hundreds, and whoever writes for any of them waits until all have ended. */
const MOST_AT_ONCE = 5

type Pair = { a: string; b: string }

/**
 * Two who have the same number, one in WeCom and one in DingTalk, and nobody else has it: the platform tells of one of them,
 * and the other proved that it is theirs. Returns them, the one that was met first before the other.
 */
const findSameNumber = (db: Reader): Promise<Pair[]> => db.$queryRaw`
  WITH numbers AS (
    SELECT hash FROM contact_point c JOIN person p ON p.id = c.person_id AND ${isThere}
    WHERE c.channel = 'sms' GROUP BY hash HAVING count(DISTINCT p.id) = 2
  ), known AS (
    SELECT p.id, c.hash, c.proved_at, c.source, ${platformsOf} AS platforms
    FROM contact_point c JOIN person p ON p.id = c.person_id AND ${isThere} WHERE c.channel = 'sms' AND c.hash IN (SELECT hash FROM numbers)
  )
  SELECT a.id AS a, b.id AS b FROM known a JOIN known b ON b.hash = a.hash AND a.id < b.id
  WHERE ${areElsewhere} AND (a.proved_at IS NOT NULL OR b.proved_at IS NOT NULL)
  ORDER BY 1, 2 LIMIT ${MOST_AT_ONCE}`

/** 一个人: whoever proves to be known in both apps is one from now on; of many, the rest at the next look. */
export async function joinKnown(work: Work): Promise<void> {
  for (const { a, b } of await findSameNumber(work.tx))
    await joinPersons(work, { winnerId: a, loserId: b, byId: null, why: 'phone' })
}

/** What was begun in the name of somebody who was joined in the meantime goes over as well: looked for twice, each once. */
export async function sweepJoined(work: Work): Promise<void> {
  const since = new Date(work.now.getTime() - 2 * SWEEP_MS.late)
  const joins = await work.tx.personJoin.findMany({ where: { undoneAt: null, at: { gte: since } }, orderBy: { id: 'asc' } })
  for (const { id, winnerId, loserId, at } of joins) {
    const age = work.now.getTime() - at.getTime()
    const when = age >= SWEEP_MS.late ? 'late' : age >= SWEEP_MS.soon ? 'soon' : null
    if (!when || !(await onceADay(work, 'sweep-joined', `${id}:${when}`))) continue
    await moveAll(work.tx, { fromId: loserId, toId: winnerId })
    await joinLines(work, { winnerId, loserId })
  }
}
