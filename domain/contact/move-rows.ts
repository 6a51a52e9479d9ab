import { Prisma, type Tx } from '../../lib/db.js'

/** What is a contact's, by the table that it stands in: all of it goes over in a merge. */
export const MOVED = {
  identity: { column: 'contact_id', what: '账号' },
  message: { column: 'contact_id', what: '消息' },
  touch: { column: 'contact_id', what: '触达' },
  call: { column: 'contact_id', what: '通话' },
  task: { column: 'contact_id', what: '提醒' },
  // Before leads: whoever sends one holds the quote first.
  quote: { column: 'contact_id', what: '报价' },
  opportunity: { column: 'contact_id', what: '商机' },
  requirement_change: { column: 'contact_id', what: '需求变更' },
  group_member: { column: 'contact_id', what: '群' },
  contact_phone: { column: 'contact_id', what: '电话' },
  customer_import_row: { column: 'contact_id', what: '导入' },
  quote_visit: { column: 'contact_id', what: '报价浏览' },
  quote_answer: { column: 'contact_id', what: '报价答复' },
} as const
export type MovedTable = keyof typeof MOVED
export const movedTables = Object.keys(MOVED) as MovedTable[]

type Way = { fromId: string; toId: string }

/** Everything of a table that is the one's is the other's. Returns which rows. A number that both have stays where it is. */
export async function moveAll(tx: Tx, table: MovedTable, { fromId, toId }: Way): Promise<string[]> {
  const rest =
    table === 'contact_phone'
      ? Prisma.sql`AND NOT EXISTS (SELECT 1 FROM contact_phone o WHERE o.contact_id = ${toId}::uuid AND o.hash = t.hash)`
      : Prisma.empty
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE ${Prisma.raw(table)} t SET contact_id = ${toId}::uuid WHERE t.contact_id = ${fromId}::uuid ${rest} RETURNING t.id`
  return rows.map(({ id }) => id).sort()
}

/** Those rows go back, unless they have gone elsewhere since. */
export async function moveSome(tx: Tx, table: MovedTable, { ids, fromId, toId }: Way & { ids: string[] }): Promise<void> {
  if (ids.length === 0) return
  await tx.$executeRaw`
    UPDATE ${Prisma.raw(table)} t SET contact_id = ${toId}::uuid WHERE t.id = ANY(${ids}::uuid[]) AND t.contact_id = ${fromId}::uuid`
}

/** How much there is to move, for the preview. */
export async function countAll(tx: Tx, table: MovedTable, contactId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM ${Prisma.raw(table)} t WHERE t.contact_id = ${contactId}::uuid`
  return Number(row?.count ?? 0)
}
