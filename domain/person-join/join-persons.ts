import { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { type KeptRow, type KeptTable, readRows } from '../contact/kept-rows.js'
import { holdDirectory } from '../directory/place.js'
import type { Work } from '../work.js'
import { joinRecords, makeRoom } from './join-records.js'
import { type MovedRows, moveAll } from './moved-columns.js'
import { type Mentions, replaceMentions } from './replace-mentions.js'

/** What a joining changed: which rows went over, those that are another row now, and where the id stood in writing. */
export type Joined = {
  rows: MovedRows
  kept: { table: KeptTable; before: KeptRow | null; after: KeptRow | null }[]
  mentions: Mentions
}

type Join = { winnerId: string; loserId: string; byId: string | null; why: 'phone' | 'person' }

/**
 * Two of ours are one from now on: whatever is the loser's is the survivor's, and whoever logs in as the loser is the survivor.
 * **Lock order: the directory, then both persons by id.** Whoever writes for either names them by a foreign key or reads them
 * by findPersonId, and so ends before this begins or waits for it. Returns the joining, by which it is undone.
 */
export async function joinPersons(work: Work, { winnerId, loserId, byId, why }: Join): Promise<string> {
  const { tx } = work
  await holdPersons(work, [winnerId, loserId])
  const before = await readKept(tx, [winnerId, loserId])
  await makeRoom(work, { winnerId, loserId })
  const rows = await moveAll(tx, { fromId: loserId, toId: winnerId })
  await joinRecords(work, { winnerId, loserId })
  const after = await readKept(tx, [winnerId, loserId])
  const mentions = await replaceMentions(work, { fromId: loserId, toId: winnerId })
  const id = newId()
  const moved: Joined = { rows, kept: changesOf(before, after), mentions }
  await tx.personJoin.create({
    data: { id, winnerId, loserId, byId, why, at: work.now, moved: moved as unknown as Prisma.InputJsonObject },
  })
  const counts = Object.fromEntries(Object.entries(rows).map(([name, keys]) => [name, keys.length]))
  await record(work, {
    actor: byId ?? 'system',
    verb: 'person-join',
    subject: `person:${winnerId}`,
    content: { winnerId, loserId, why, counts },
  })
  for (const personId of [winnerId, loserId]) work.touched.add(`person:${personId}`)
  return id
}

/** Both, held until the work commits; throws where one of them is another one by now, or has left. */
export async function holdPersons(work: Pick<Work, 'tx'>, ids: string[], { joined = false } = {}): Promise<void> {
  await holdDirectory(work)
  const rows = await work.tx.$queryRaw<{ merged_into_id: string | null; left_at: Date | null }[]>`
    SELECT merged_into_id, left_at FROM person WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`
  if (rows.length < 2) throw new Refused('same-person', '没有找到这两位同事，刷新看看', 404)
  if (!joined && rows.some((row) => row.merged_into_id)) throw new Refused('joined-before', '他们已经合并过了，刷新看看', 409)
  if (!joined && rows.some((row) => row.left_at)) throw new Refused('has-left', '其中一位已经离职，不能合并', 409)
}

type Kept = { table: KeptTable; key: string; row: KeptRow }

/** The rows that are joined rather than moved. Reports are persons too: under whom they are is what changes. */
async function readKept(tx: Work['tx'], ids: string[]): Promise<Kept[]> {
  const own = Prisma.sql`t.person_id = ANY(${ids}::uuid[])`
  const told = Prisma.sql`t.person_id = ANY(${ids}::uuid[]) AND t.proved_at IS NULL`
  const people = Prisma.sql`t.id = ANY(${ids}::uuid[]) OR t.manager_id = ANY(${ids}::uuid[])`
  const of = (table: KeptTable, rows: KeptRow[], key: string[]) =>
    rows.map((row) => ({ table, row, key: [table, ...key.map((name) => row[name])].join('|') }))
  return [
    ...of('person', await readRows(tx, 'person', people), ['id']),
    ...of('follow', await readRows(tx, 'follow', own), ['contact_id', 'person_id']),
    ...of('contact_point', await readRows(tx, 'contact_point', told), ['id']),
    ...of('reach', await readRows(tx, 'reach', own), ['person_id', 'channel']),
  ]
}

function changesOf(before: Kept[], after: Kept[]): Joined['kept'] {
  const now = new Map(after.map((one) => [one.key, one.row]))
  const was = new Map(before.map((one) => [one.key, one.row]))
  const gone = before.map(({ table, key, row }) => ({ table, before: row, after: now.get(key) ?? null }))
  const made = after.flatMap(({ table, key, row }) => (was.has(key) ? [] : [{ table, before: null, after: row }]))
  return [...gone, ...made].filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
}
