import { Prisma, type Tx } from '../../lib/db.js'

/** A row as PostgreSQL writes it in JSON: read back it is the same row, to the millisecond. */
export type KeptRow = Record<string, string | number | boolean | null | object>
export type KeptTable = 'contact' | 'contact_point' | 'first_contact' | 'follow' | 'notice' | 'person' | 'reach' | 'reminder'

const KEYS: Record<KeptTable, string[]> = {
  contact: ['id'],
  contact_point: ['id'],
  first_contact: ['id'],
  follow: ['contact_id', 'person_id'],
  notice: ['id'],
  person: ['id'],
  reach: ['person_id', 'channel'],
  reminder: ['id'],
}

/** The rows of one of these tables (`t`) that `where` names. */
export async function readRows(tx: Tx, table: KeptTable, where: Prisma.Sql): Promise<KeptRow[]> {
  const order = Prisma.raw(KEYS[table].map((key) => `t.${key}`).join(', '))
  const rows = await tx.$queryRaw<{ row: KeptRow }[]>`
    SELECT to_jsonb(t) AS row FROM ${Prisma.raw(table)} t WHERE ${where} ORDER BY ${order}`
  return rows.map(({ row }) => row)
}

const isKey = (table: KeptTable, row: KeptRow) =>
  Prisma.join(
    KEYS[table].map((key) => Prisma.sql`t.${Prisma.raw(key)} = ${row[key]}${Prisma.raw(key === 'channel' ? '' : '::uuid')}`),
    ' AND ',
  )

/** As it stands now; null: it is gone. */
export const readAgain = async (tx: Tx, table: KeptTable, row: KeptRow): Promise<KeptRow | null> =>
  (await readRows(tx, table, isKey(table, row)))[0] ?? null

/** Puts a row that exists back to what it was; columns that a later release added keep their value. */
export async function putBack(tx: Tx, table: KeptTable, row: KeptRow): Promise<void> {
  const columns = Object.keys(row).filter((name) => /^[a-z_]+$/.test(name))
  const names = Prisma.raw(columns.map((name) => `"${name}"`).join(', '))
  await tx.$executeRaw`
    UPDATE ${Prisma.raw(table)} t SET (${names}) =
      (SELECT ${names} FROM jsonb_populate_record(NULL::${Prisma.raw(table)}, ${JSON.stringify(row)}::jsonb))
    WHERE ${isKey(table, row)}`
}

/** Takes rows out and puts them in as they are here: where two trade places in a unique index, no order of updates does it. */
export async function replaceRows(tx: Tx, table: KeptTable, rows: KeptRow[]): Promise<void> {
  if (rows.length === 0) return
  for (const row of rows) await tx.$executeRaw`DELETE FROM ${Prisma.raw(table)} t WHERE ${isKey(table, row)}`
  await tx.$executeRaw`
    INSERT INTO ${Prisma.raw(table)}
    SELECT * FROM jsonb_populate_recordset(NULL::${Prisma.raw(table)}, ${JSON.stringify(rows)}::jsonb)`
}

export const isSameRow = (a: KeptRow | null, b: KeptRow | null): boolean =>
  JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))

/** jsonb does not keep the order of keys. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  )
}
