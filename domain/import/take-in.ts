import { shanghaiDay } from '../../lib/format/dates.js'
import type { Secrets } from '../../lib/secret.js'
import type { Work } from '../work.js'
import { subjectOf } from './find-import.js'
import { findCustomers, findHolders, findNewest } from './find-known.js'
import { findOwners } from './find-owners.js'
import { mapping, openCells } from './import-rules.js'
import { findTaken, keepTaken } from './keep-taken.js'
import { companyKey } from './name-keys.js'
import { readRow } from './read-row.js'
import { type Taking, takeRow } from './take-row.js'

/** Customers by name, as far as one run of an import knows them, and the newest of them. */
export type KnownCustomers = { byKey: Map<string, string>; newest: string | null }

/**
 * Takes the next rows of an import in and returns how many were left before. All or nothing: whoever dies on the way has
 * taken none of them in, and the next run begins with the same rows. Imports take turns, so that two lists with one company
 * make one customer; what is there already is found and completed, so that one list twice makes nothing twice.
 */
export async function takeIn(
  work: Work,
  importId: string,
  { secrets, known, limit }: { secrets: Secrets; known: KnownCustomers; limit: number },
): Promise<number> {
  await work.tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('customer-import', 3))`
  const kept = await work.tx.customerImport.findUniqueOrThrow({ where: { id: importId } })
  if (kept.state !== 'running') return 0
  const rows = await work.tx.customerImportRow.findMany({
    where: { importId, doneAt: null, error: null },
    orderBy: { line: 'asc' },
    take: limit,
    select: { id: true, line: true, cells: true, matchedContactId: true },
  })
  if (rows.length > 0) {
    const chosen = mapping.parse(kept.mapping)
    const ownerOf = await findOwners(work.tx, chosen.owners)
    const reading = { columns: chosen.columns, ownerOf, defaultOwnerId: chosen.defaultOwnerId, today: shanghaiDay(work.now) }
    // Somebody else made one meanwhile: look at all of them again.
    if (known.newest === null || known.newest !== (await findNewest(work.tx))) known.byKey = await findCustomers(work.tx)
    const read = rows.map(({ id, cells, matchedContactId }) => {
      const { values, error } = readRow(openCells(secrets, cells), reading)
      const phones = values.phones.map((phone) => ({ sealed: secrets.seal(phone), hash: secrets.hash(phone) }))
      return { id, values, error, phones, matchedContactId }
    })
    const holders = await findHolders(
      work.tx,
      read.flatMap(({ phones }) => phones.map(({ hash }) => hash)),
    )
    const customerIds = read.flatMap(({ values }) => known.byKey.get(companyKey(values.company)) ?? [])
    const taking: Taking = {
      customers: known.byKey,
      holders,
      contacts: await findTaken(work.tx, { customerIds, matchedIds: read.flatMap((row) => row.matchedContactId ?? []) }),
      made: { customers: new Map(), contacts: [], joined: [], phones: [], facts: new Map() },
    }
    await keepTaken(work, taking, { byId: kept.byId, rows: read.map((row) => takeRow(row, taking)) })
    known.newest = await findNewest(work.tx)
  }
  if (rows.length < limit)
    await work.tx.customerImport.update({ where: { id: importId }, data: { state: 'done', doneAt: work.now } })
  work.touched.add(subjectOf(importId))
  return rows.length
}
