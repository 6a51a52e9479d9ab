import { Prisma, type Tx } from '../../lib/db.js'

/**
 * Every column that names one of ours, and what becomes of it when two prove to be one. `key`: the rest of the row's key.
 * `clash`: at most one row for a person and these; where both have one, the survivor's counts and the other's stays behind.
 * move-columns.test.ts reads the catalogue: a new column has to be named here.
 */
export const MOVED: { table: string; column: string; key: string[]; clash?: string[] }[] = [
  // First: whoever comes in by one of these is the survivor from here on.
  { table: 'identity', column: 'person_id', key: ['id'] },
  { table: 'session', column: 'person_id', key: ['token_hash'] },
  { table: 'customer', column: 'owner_id', key: ['id'] },
  // Before leads and reminders: whoever sends one holds the quote first.
  { table: 'quote', column: 'owner_id', key: ['id'] },
  { table: 'opportunity', column: 'owner_id', key: ['id'] },
  { table: 'requirement_change', column: 'captured_by_id', key: ['id'] },
  { table: 'reminder', column: 'person_id', key: ['id'] },
  { table: 'reminder', column: 'claimed_by_id', key: ['id'] },
  { table: 'reminder_act', column: 'person_id', key: ['id'] },
  { table: 'reminder_act', column: 'to_id', key: ['id'] },
  { table: 'notice', column: 'person_id', key: ['id'], clash: ['reminder_id', 'level', 'round'] },
  { table: 'ask', column: 'person_id', key: ['id'] },
  { table: 'ask', column: 'answered_by_id', key: ['id'] },
  { table: 'card_copy', column: 'person_id', key: ['id'], clash: ['card_id', 'platform'] },
  { table: 'task', column: 'person_id', key: ['id'] },
  { table: 'platform_todo', column: 'person_id', key: ['id'], clash: ['subject'] },
  { table: 'message', column: 'person_id', key: ['id'] },
  { table: 'message_label', column: 'person_id', key: ['message_id'], clash: ['message_id'] },
  { table: 'forward', column: 'person_id', key: ['id'] },
  { table: 'touch', column: 'person_id', key: ['id'] },
  { table: 'first_contact', column: 'person_id', key: ['id'] },
  { table: 'first_contact', column: 'closed_by_id', key: ['id'] },
  { table: 'call', column: 'person_id', key: ['id'] },
  { table: 'call_voice', column: 'person_id', key: ['call_id'] },
  { table: 'customer_group', column: 'owner_id', key: ['id'] },
  { table: 'customer_group', column: 'tied_by_id', key: ['id'] },
  { table: 'group_member', column: 'person_id', key: ['id'] },
  { table: 'contact_merge', column: 'by_id', key: ['id'] },
  { table: 'contact_way', column: 'created_by_id', key: ['id'] },
  { table: 'contact_way_picture', column: 'by_id', key: ['way_id'] },
  { table: 'customer_import', column: 'by_id', key: ['id'] },
  { table: 'contact_point', column: 'person_id', key: ['id'], clash: ['channel'] },
  { table: 'contact_code', column: 'person_id', key: ['id'] },
  { table: 'reach_try', column: 'person_id', key: ['id'] },
  { table: 'bot_offer', column: 'person_id', key: [], clash: [] },
  { table: 'behaviour_day', column: 'person_id', key: ['day'], clash: ['day'] },
  { table: 'behaviour_state', column: 'person_id', key: [], clash: [] },
  { table: 'handover', column: 'person_id', key: ['id'] },
  { table: 'handover', column: 'to_id', key: ['id'] },
  { table: 'handover_item', column: 'to_id', key: ['handover_id', 'kind', 'subject_id'] },
  { table: 'handover_gift', column: 'to_id', key: ['id'] },
  { table: 'handover_gift', column: 'by_id', key: ['id'] },
  { table: 'screen_write', column: 'person_id', key: ['request_id'] },
  { table: 'opportunity', column: 'invalid_by_id', key: ['id'] },
  { table: 'outside_quote', column: 'by_id', key: ['id'] },
  { table: 'tech_risk', column: 'opened_by_id', key: ['id'] },
  { table: 'product_import', column: 'by_id', key: ['id'] },
  { table: 'quote_version', column: 'sent_by_id', key: ['id'] },
  { table: 'quote_approval', column: 'asked_by_id', key: ['id'] },
  { table: 'quote_approval', column: 'decided_by_id', key: ['id'] },
  { table: 'quote_answer', column: 'replied_by_id', key: ['id'] },
  { table: 'contract', column: 'created_by_id', key: ['id'] },
]

/** Joined by join-persons.ts row by row, or a record of who was who: nothing of it moves. */
export const OTHERWISE = [
  'follow.person_id',
  'reach.person_id',
  'person.manager_id',
  'contact_way.person_ids',
  'person.merged_into_id',
  'person_join.winner_id',
  'person_join.loser_id',
  'person_join.by_id',
  'person_apart.one_id',
  'person_apart.other_id',
]

type Way = { fromId: string; toId: string }
/** By 「table.column」: the keys of the rows that went over. */
export type MovedRows = Record<string, string[]>

const keyOf = (key: string[]) =>
  key.length === 0 ? Prisma.sql`''` : Prisma.raw(`concat_ws('|', ${key.map((one) => `t."${one}"`).join(', ')})`)

/** Whatever names the one names the other. Done again it finds what came in between. */
export async function moveAll(tx: Tx, { fromId, toId }: Way): Promise<MovedRows> {
  const moved: MovedRows = {}
  for (const { table, column, key, clash } of MOVED) {
    const [name, col] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${column}"`)]
    const same = Prisma.raw(['TRUE', ...(clash ?? []).map((one) => `o."${one}" = t."${one}"`)].join(' AND '))
    const rest = clash
      ? Prisma.sql`AND NOT EXISTS (SELECT 1 FROM ${name} o WHERE o.${col} = ${toId}::uuid AND ${same})`
      : Prisma.empty
    const rows = await tx.$queryRaw<{ key: string }[]>`
      UPDATE ${name} t SET ${col} = ${toId}::uuid WHERE t.${col} = ${fromId}::uuid ${rest} RETURNING ${keyOf(key)} AS key`
    if (rows.length > 0) moved[`${table}.${column}`] = rows.map((row) => row.key)
  }
  return moved
}

/** Those rows go back, unless they have gone elsewhere since. */
export async function moveBack(tx: Tx, moved: MovedRows, { fromId, toId }: Way): Promise<void> {
  for (const { table, column, key } of MOVED) {
    const keys = moved[`${table}.${column}`]
    if (!keys) continue
    const [name, col] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${column}"`)]
    await tx.$executeRaw`
      UPDATE ${name} t SET ${col} = ${toId}::uuid WHERE t.${col} = ${fromId}::uuid AND ${keyOf(key)} = ANY(${keys}::text[])`
  }
}
