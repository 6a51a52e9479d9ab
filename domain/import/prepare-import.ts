import { Prisma } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import type { Secrets } from '../../lib/secret.js'
import type { Work } from '../work.js'
import { findByName, findCustomers, findHolders, type Holder, nameKey } from './find-known.js'
import { findOwners } from './find-owners.js'
import { mapping, openCells } from './import-rules.js'
import { companyKey } from './name-keys.js'
import { readRow, type Values } from './read-row.js'

type Looked = {
  id: string
  line: number
  values: Values
  hashes: string[]
  error: string | null
  customerId: string | null
  matchedId: string | null
}

/**
 * Looks at every row as it would be taken in by the columns chosen: what is wrong with it, which company of ours it belongs
 * to, and which WeCom contact its person seems to be. Writes that down beside the rows and changes nothing else.
 */
export async function prepareImport(work: Work, importId: string, secrets: Secrets): Promise<void> {
  const kept = await work.tx.customerImport.findUniqueOrThrow({ where: { id: importId } })
  const chosen = mapping.parse(kept.mapping)
  const rows = await work.tx.customerImportRow.findMany({
    where: { importId, doneAt: null },
    orderBy: { line: 'asc' },
    select: { id: true, line: true, cells: true },
  })
  const ownerOf = await findOwners(work.tx, chosen.owners)
  const reading = { columns: chosen.columns, ownerOf, defaultOwnerId: chosen.defaultOwnerId, today: shanghaiDay(work.now) }
  const looked: Looked[] = rows.map(({ id, line, cells }) => {
    const { values, error } = readRow(openCells(secrets, cells), reading)
    return {
      id,
      line,
      values,
      hashes: values.phones.map((phone) => secrets.hash(phone)),
      error,
      customerId: null,
      matchedId: null,
    }
  })
  const customers = await findCustomers(work.tx)
  const holders = await findHolders(
    work.tx,
    looked.flatMap((row) => row.hashes),
  )
  const byName = await findByName(work.tx)
  noteRepeats(looked)
  for (const row of looked) if (!row.error) place(row, { customers, holders, byName })
  claimOnce(looked)
  await write(work, looked)

  const strangers: Record<string, number> = {}
  for (const { values } of looked)
    if (values.owner && (!values.ownerId || Object.hasOwn(chosen.owners, values.owner)))
      strangers[values.owner] = (strangers[values.owner] ?? 0) + 1
  const fresh = new Set(looked.flatMap((row) => (row.error || row.customerId ? [] : companyKey(row.values.company))))
  const after = { ...chosen, strangers, plan: { newCustomers: fresh.size } }
  await work.tx.customerImport.update({ where: { id: importId }, data: { mapping: after } })
}

/** One number is one person: the same under two companies can't both be right. */
function noteRepeats(rows: Looked[]): void {
  const first = new Map<string, Looked>()
  for (const row of rows)
    for (const hash of row.hashes) {
      const before = first.get(hash)
      if (!before) first.set(hash, row)
      else if (companyKey(before.values.company) !== companyKey(row.values.company))
        row.error = [row.error, `电话和第 ${before.line} 行的一样，公司却不同`].filter(Boolean).join('；')
    }
}

type Known = { customers: Map<string, string>; holders: Map<string, Holder[]>; byName: Map<string, string | null> }

function place(row: Looked, { customers, holders, byName }: Known): void {
  const { company, contact } = row.values
  row.customerId = customers.get(companyKey(company)) ?? null
  const having = row.hashes.flatMap((hash) => holders.get(hash) ?? [])
  const elsewhere = having.find((one) => one.customerId !== null && one.customerId !== row.customerId)
  if (elsewhere) {
    row.error = '这个电话的联系人已经在另一家客户名下'
    return
  }
  // In WeCom, and in no company yet: the one to join. Whoever is in this company already is found when it is taken in.
  const free = [...new Set(having.filter((one) => one.customerId === null && one.isExternal).map((one) => one.contactId))]
  if (free.length === 1) row.matchedId = free[0] ?? null
  else if (free.length === 0 && having.length === 0 && contact) row.matchedId = byName.get(nameKey(company, contact)) ?? null
}

/** A contact joins once: where several rows of different companies claim them by name, none does. */
function claimOnce(rows: Looked[]): void {
  const claims = new Map<string, Set<string>>()
  for (const { matchedId, values } of rows)
    if (matchedId) claims.set(matchedId, (claims.get(matchedId) ?? new Set()).add(companyKey(values.company)))
  for (const row of rows) if (row.matchedId && (claims.get(row.matchedId)?.size ?? 0) > 1) row.matchedId = null
}

async function write(work: Work, rows: Looked[]): Promise<void> {
  const column = (of: (row: Looked) => string | null) => rows.map(of)
  await work.tx.$executeRaw`
    UPDATE customer_import_row AS r SET error = v.error, customer_id = v.customer_id, matched_contact_id = v.matched_id
    FROM unnest(${column((row) => row.id)}::uuid[], ${column((row) => row.error)}::text[], ${column((row) => row.customerId)}::uuid[],
      ${column((row) => (row.error ? null : row.matchedId))}::uuid[]) AS v(id, error, customer_id, matched_id)
    WHERE r.id = v.id AND r.done_at IS NULL ${Prisma.empty}`
}
