import type { Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import type { Secrets } from '../../lib/secret.js'
import type { Actor } from '../person/actor.js'
import { getImport } from './find-import.js'
import type { ImportMatches } from './import.contract.js'
import { mapping, openCells } from './import-rules.js'
import { readRow } from './read-row.js'

const PAGE = 50

/** Rows beside the WeCom contacts that they seem to be, by line. */
export async function listMatches(
  db: Reader,
  actor: Actor,
  { id, secrets, now, after }: { id: string; secrets: Secrets; now: Date; after: number },
): Promise<ImportMatches> {
  const { columns } = mapping.parse((await getImport(db, actor, id)).mapping)
  const rows = await db.customerImportRow.findMany({
    where: { importId: id, matchedContactId: { not: null }, doneAt: null, line: { gt: after } },
    orderBy: { line: 'asc' },
    take: PAGE + 1,
  })
  const contacts = await db.contact.findMany({
    where: { id: { in: rows.flatMap((row) => row.matchedContactId ?? []) } },
    select: {
      id: true,
      name: true,
      corpName: true,
      phones: { select: { hash: true } },
      follows: { where: { endedAt: null }, select: { remark: true, remarkCompany: true, person: { select: { name: true } } } },
    },
  })
  const byId = new Map(contacts.map((one) => [one.id, one]))
  const reading = { columns, ownerOf: () => null, defaultOwnerId: '', today: shanghaiDay(now) }
  const matches = rows.slice(0, PAGE).flatMap((row) => {
    const contact = byId.get(row.matchedContactId ?? '')
    if (!contact) return []
    const { values } = readRow(openCells(secrets, row.cells), reading)
    const hashes = new Set(contact.phones.map((phone) => phone.hash))
    const remarks = contact.follows.flatMap((follow) => follow.remarkCompany ?? follow.remark ?? [])
    return {
      rowId: row.id,
      line: row.line,
      company: values.company,
      contact: values.contact,
      name: contact.name,
      corpName: contact.corpName ?? remarks[0] ?? null,
      reps: contact.follows.map((follow) => follow.person.name),
      why: values.phones.some((phone) => hashes.has(secrets.hash(phone))) ? ('phone' as const) : ('name' as const),
    }
  })
  return { matches, next: rows.length > PAGE ? (rows[PAGE - 1]?.line ?? null) : null }
}
