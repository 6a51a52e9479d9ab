import { Prisma } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { KIND, subjectOf } from '../first-contact/clock.js'
import { joinFirstContacts } from '../first-contact/join-first-contacts.js'
import type { Work } from '../work.js'
import { joinFollows } from './join-follows.js'
import { type KeptRow, type KeptTable, readAgain, readRows } from './kept-rows.js'
import { lockContacts } from './lock-contact.js'
import { type MovedTable, moveAll, movedTables } from './move-rows.js'

/** What a merge changed: which rows went over, and those that are another row now, as they were and as they became. */
export type Moved = {
  why: 'unionid' | 'phone' | 'person'
  rows: Record<MovedTable, string[]>
  follows: string[]
  kept: { table: KeptTable; before: KeptRow | null; after: KeptRow | null }[]
}

type Merge = { winnerId: string; loserId: string; byId: string | null; why: Moved['why'] }

/** Two contacts are one from now on: whatever is the loser's is the winner's. Returns the merge, by which it is undone. */
export async function merge(work: Work, { winnerId, loserId, byId, why }: Merge): Promise<string> {
  const { tx } = work
  await lockContacts(work, [winnerId, loserId])
  const before = await readKept(tx, [winnerId, loserId])
  const rows = {} as Moved['rows']
  for (const table of movedTables) rows[table] = await moveAll(tx, table, { fromId: loserId, toId: winnerId })
  const follows = await joinFollows(work, { winnerId, loserId })
  await joinContacts(work, { winnerId, loserId })
  await joinFirstContacts(work, { winnerId, loserId })
  const after = await readKept(tx, [winnerId, loserId])
  const id = newId()
  const moved: Moved = { why, rows, follows, kept: await changesOf(tx, before, after) }
  await tx.contactMerge.create({
    data: { id, winnerId, loserId, byId, at: work.now, moved: moved as unknown as Prisma.InputJsonObject },
  })
  const content = { winnerId, loserId, why, messages: rows.message.length }
  await record(work, { actor: byId ?? 'system', verb: 'contact-merge', subject: `contact:${winnerId}`, content })
  await touchBoth(work, [winnerId, loserId])
  return id
}

type Kept = { table: KeptTable; row: KeptRow }

/** The rows that a merge may change in place. */
async function readKept(tx: Work['tx'], contactIds: string[]): Promise<Kept[]> {
  const of = (rows: KeptRow[], table: KeptTable) => rows.map((row) => ({ table, row }))
  const firsts = await readRows(tx, 'first_contact', Prisma.sql`t.contact_id = ANY(${contactIds}::uuid[])`)
  const subjects = firsts.map((row) => subjectOf(String(row.id)))
  const about = Prisma.sql`kind = ${KIND} AND subject = ANY(${subjects}::text[])`
  const reminders = await readRows(tx, 'reminder', Prisma.sql`${about} AND state = 'open'`)
  const ids = reminders.map((row) => row.id)
  return [
    ...of(await readRows(tx, 'contact', Prisma.sql`t.id = ANY(${contactIds}::uuid[])`), 'contact'),
    ...of(await readRows(tx, 'follow', Prisma.sql`t.contact_id = ANY(${contactIds}::uuid[])`), 'follow'),
    ...of(firsts, 'first_contact'),
    ...of(reminders, 'reminder'),
    ...of(await readRows(tx, 'notice', Prisma.sql`t.reminder_id = ANY(${ids}::uuid[]) AND t.state = 'waiting'`), 'notice'),
  ]
}

/** Lines that went over by their key are among the moved, and no change. */
async function changesOf(tx: Work['tx'], before: Kept[], after: Kept[]): Promise<Moved['kept']> {
  const kept: Moved['kept'] = []
  for (const { table, row } of before) {
    const now = await readAgain(tx, table, row)
    if (table === 'follow' && now === null) continue
    kept.push({ table, before: row, after: now })
  }
  const known = new Set(before.map(({ row }) => row.id))
  for (const { table, row } of after)
    if (table !== 'follow' && !known.has(row.id as string)) kept.push({ table, before: null, after: row })
  return kept.filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
}

/** What is known of the one and not of the other is known of both. */
async function joinContacts(work: Work, { winnerId, loserId }: { winnerId: string; loserId: string }): Promise<void> {
  const winner = await work.tx.contact.findUniqueOrThrow({ where: { id: winnerId } })
  const loser = await work.tx.contact.findUniqueOrThrow({ where: { id: loserId } })
  const isNamed = !winner.provisional || loser.provisional
  await work.tx.contact.update({
    where: { id: winnerId },
    data: {
      ...(isNamed ? {} : { name: loser.name, provisional: false }),
      customerId: winner.customerId ?? loser.customerId,
      corpName: winner.corpName ?? loser.corpName,
      avatar: winner.avatar ?? loser.avatar,
      kind: winner.kind ?? loser.kind,
    },
  })
  // It is in no customer's list any more.
  await work.tx.contact.update({ where: { id: loserId }, data: { mergedIntoId: winnerId, customerId: null } })
}

/** Whoever has one of them before them looks again. */
export async function touchBoth(work: Work, contactIds: string[]): Promise<void> {
  const contacts = await work.tx.contact.findMany({
    where: { id: { in: contactIds } },
    select: { id: true, customerId: true, follows: { select: { personId: true } } },
  })
  for (const contact of contacts) {
    work.touched.add(`chat:${contact.id}`)
    if (contact.customerId) work.touched.add(`customer:${contact.customerId}`)
    for (const { personId } of contact.follows) work.touched.add(`person:${personId}`)
  }
}
