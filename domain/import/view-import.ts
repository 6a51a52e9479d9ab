import type { Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { maskPhone } from '../../lib/format/phone.js'
import type { Secrets } from '../../lib/secret.js'
import type { Actor } from '../person/actor.js'
import { countRows } from './count-rows.js'
import { FIELDS } from './fields.js'
import { type FoundImport, getImport } from './find-import.js'
import { findOwners } from './find-owners.js'
import { type Columns, type ImportRow, type ImportRows, type ImportView, importState } from './import.contract.js'
import { headers, mapping, openCells } from './import-rules.js'
import { readRow } from './read-row.js'
import { readPhones } from './read-values.js'

type Needs = { id: string; secrets: Secrets; now: Date }
const SAMPLE = 12
const PAGE = 50

/** What a file holds, how its columns are understood, and what came of it. */
export async function viewImport(db: Reader, actor: Actor, { id, secrets, now }: Needs): Promise<ImportView> {
  const kept = await getImport(db, actor, id)
  const [head, chosen] = [headers.parse(kept.headers), mapping.parse(kept.mapping)]
  const people = await db.person.findMany({ where: { leftAt: null }, select: { id: true, name: true }, orderBy: { name: 'asc' } })
  const first = await db.customerImportRow.findMany({
    where: { importId: id },
    orderBy: { line: 'asc' },
    take: SAMPLE,
    select: { cells: true },
  })
  const ownerOf = await findOwners(db, chosen.owners)
  const twin = await db.customerImport.findFirst({
    where: { hash: kept.hash, id: { not: id }, state: { in: ['running', 'done'] } },
    orderBy: { at: 'desc' },
    select: { id: true, at: true, by: { select: { name: true } } },
  })
  const columns = Object.fromEntries(FIELDS.map((field) => [field, chosen.columns[field] ?? null])) as Columns
  const texts = first.map(({ cells }) => openCells(secrets, cells))
  return {
    ...(await briefOf(db, kept)),
    sheet: head.sheet,
    headers: head.names.map((name, i) => ({ name, samples: samplesOf(texts.map((cells) => cells[i] ?? '')) })),
    columns,
    owners: Object.entries(chosen.strangers)
      .map(([name, rows]) => ({ name, rows, personId: ownerOf(name) }))
      .sort((a, b) => b.rows - a.rows),
    defaultOwner: people.find((one) => one.id === chosen.defaultOwnerId) ?? { id: chosen.defaultOwnerId, name: kept.by.name },
    colleagues: people,
    sample: (await listImportRows(db, actor, { id, secrets, now, show: 'all', after: 0, take: SAMPLE })).rows,
    twin: twin ? { id: twin.id, at: twin.at.toISOString(), by: twin.by.name } : null,
  }
}

export async function briefOf(db: Reader, kept: FoundImport) {
  const { id, fileName, at, by } = kept
  const state = importState.parse(kept.state)
  const { newCustomers } = mapping.parse(kept.mapping).plan
  return { id, fileName, at: at.toISOString(), by: by.name, state, counts: { ...(await countRows(db, id)), newCustomers } }
}

/** Three that differ; a phone in whichever column masked. */
const samplesOf = (cells: string[]) =>
  [...new Set(cells.filter(Boolean))].slice(0, 3).map((cell) => {
    const { phones } = readPhones(cell)
    return phones.length > 0 ? phones.map(maskPhone).join(' ') : cell.slice(0, 40)
  })

type Asked = Needs & { show: 'all' | 'errors' /** Line; 0: from the start. */; after: number; take?: number }

/** Rows as they would be taken in, by line. */
export async function listImportRows(
  db: Reader,
  actor: Actor,
  { id, secrets, now, show, after, take = PAGE }: Asked,
): Promise<ImportRows> {
  const kept = await getImport(db, actor, id)
  const chosen = mapping.parse(kept.mapping)
  const rows = await db.customerImportRow.findMany({
    where: { importId: id, line: { gt: after }, ...(show === 'errors' ? { error: { not: null } } : {}) },
    orderBy: { line: 'asc' },
    take: take + 1,
    include: { customer: { select: { name: true } } },
  })
  const people = await db.person.findMany({ select: { id: true, name: true } })
  const names = new Map(people.map((one) => [one.id, one.name]))
  const ownerOf = await findOwners(db, chosen.owners)
  const reading = { columns: chosen.columns, ownerOf, defaultOwnerId: chosen.defaultOwnerId, today: shanghaiDay(now) }
  const page = rows.slice(0, take).map((row): ImportRow => {
    const { values } = readRow(openCells(secrets, row.cells), reading)
    return {
      id: row.id,
      line: row.line,
      company: values.company || (row.customer?.name ?? ''),
      contact: values.contact,
      phones: values.phones.map(maskPhone),
      owner: row.doneAt ? null : values.ownerId ? (names.get(values.ownerId) ?? null) : null,
      tier: values.tier,
      lastOrderOn: values.lastOrderOn,
      owedFen: values.owedFen === null ? null : Number(values.owedFen),
      error: row.error,
      isKnown: row.customerId !== null,
      done: row.doneAt !== null,
    }
  })
  return { rows: page, next: rows.length > take ? (page.at(-1)?.line ?? null) : null }
}
