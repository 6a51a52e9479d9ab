import type { Work } from '../work.js'
import type { ListedPlatform } from './listed-line.js'

/** Which list, of which organisation. */
export type List = { platform: ListedPlatform; organisation: string }
export type KnownLine = { value: string; hash: string; followers: string[]; gone: boolean }

/** Two looks at one list at once, one of them repeated: one after the other, or neither would know what the other saw. First of all. */
export const holdList = (work: Pick<Work, 'tx'>, { platform, organisation }: List): Promise<unknown> =>
  work.tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`listed:${platform}:${organisation}`}, 0))`

/** What the last look said of these. */
export async function findLines(work: Pick<Work, 'tx'>, list: List, values: string[]): Promise<Map<string, KnownLine>> {
  const rows = await work.tx.$queryRaw<KnownLine[]>`
    SELECT value, hash, followers, gone_at IS NOT NULL AS gone FROM listed_contact
    WHERE platform = ${list.platform} AND organisation = ${list.organisation} AND value = ANY(${values}::text[])`
  return new Map(rows.map((row) => [row.value, row]))
}

type Seen = { run: string; lines: { value: string; hash: string; followers: string[] }[] }

/** These stood on the list at that look. One statement, in one order: two looks at once wait for each other. */
export async function noteLines(work: Work, list: List, { run, lines }: Seen): Promise<void> {
  if (lines.length === 0) return
  await work.tx.$executeRaw`
    INSERT INTO listed_contact (platform, organisation, value, hash, followers, run, at)
    SELECT ${list.platform}, ${list.organisation}, v.value, v.hash, ARRAY(SELECT jsonb_array_elements_text(v.followers)), ${run}, ${work.now}
    FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS v(value text, hash text, followers jsonb) ORDER BY v.value
    ON CONFLICT (platform, organisation, value) DO UPDATE
      SET hash = excluded.hash, followers = excluded.followers, run = excluded.run, at = excluded.at, gone_at = NULL`
}

/** Whom a look that was read to its end did not come upon. */
export async function findUnseen(work: Pick<Work, 'tx'>, list: List, run: string): Promise<string[]> {
  const rows = await work.tx.$queryRaw<{ value: string }[]>`
    SELECT value FROM listed_contact
    WHERE platform = ${list.platform} AND organisation = ${list.organisation} AND run <> ${run} AND gone_at IS NULL ORDER BY value`
  return rows.map(({ value }) => value)
}

export async function noteGone(work: Work, list: List, value: string): Promise<void> {
  await work.tx.$executeRaw`
    UPDATE listed_contact SET gone_at = ${work.now}
    WHERE platform = ${list.platform} AND organisation = ${list.organisation} AND value = ${value}`
}
