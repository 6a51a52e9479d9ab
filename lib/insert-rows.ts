import { Prisma, type Tx } from './db.js'

type Column = { type: 'uuid' | 'text' | 'int' | 'timestamptz' | 'jsonb' | 'notice_state'; of: unknown[] }

/**
 * Many rows in one statement with one parameter a column, however many rows: some five times what the same rows cost as
 * `createMany`. Rows that are there already are left alone; returns the ids of those that were not. For what is written by
 * the hundred at one moment. Names of tables and columns are ours, never from outside.
 */
export async function insertRows<Id = string>(tx: Tx, table: string, columns: Record<string, Column>): Promise<Set<Id>> {
  const names = Object.keys(columns)
  if (names.length === 0 || Object.values(columns)[0]?.of.length === 0) return new Set()
  const arrays = Object.values(columns).map(({ type, of }) => {
    const values = type === 'jsonb' ? of.map((value) => (value === null ? null : JSON.stringify(value))) : of
    return Prisma.sql`${values}::${Prisma.raw(type === 'jsonb' ? 'text' : type)}[]`
  })
  const selected = Object.entries(columns).map(([name, { type }]) =>
    Prisma.raw(type === 'jsonb' ? `v."${name}"::jsonb` : `v."${name}"`),
  )
  const quoted = Prisma.raw(names.map((name) => `"${name}"`).join(', '))
  const rows = await tx.$queryRaw<{ id: Id }[]>`
    INSERT INTO ${Prisma.raw(`"${table}"`)} (${quoted}) SELECT ${Prisma.join(selected)}
    FROM unnest(${Prisma.join(arrays)}) AS v(${quoted}) ON CONFLICT DO NOTHING RETURNING id`
  return new Set(rows.map(({ id }) => id))
}
