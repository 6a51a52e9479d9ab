import { newId } from '../../lib/ids.js'
import { insertRows } from '../../lib/insert-rows.js'
import type { Secrets } from '../../lib/secret.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { customerWords } from './fields.js'
import { assertImporter } from './find-import.js'
import { filledRows, findTable, guessColumns } from './guess-columns.js'
import { sealCells } from './import-rules.js'
import { prepareImport } from './prepare-import.js'
import type { Sheet } from './read-workbook.js'

type Brought = { fileName: string /** SHA-256 of the file. */; hash: string; sheet: Sheet; secrets: Secrets }

/** Keeps what a file says, guesses its columns, and looks at every row. Nothing of it is a customer before somebody says so. */
export async function createImport(
  work: Work,
  actor: Actor,
  { fileName, hash, sheet, secrets }: Brought,
): Promise<{ id: string }> {
  assertImporter(actor)
  const colleagues = await work.tx.person.findMany({ where: { leftAt: null }, select: { name: true } })
  const words = customerWords(colleagues.map((one) => one.name))
  const table = findTable(sheet.rows, words)
  const columns = guessColumns(table, words)
  const id = newId()
  const filled = filledRows(table)
  const headers = { sheet: sheet.name, firstLine: table.firstLine, names: table.headers }
  const mapping = { columns, owners: {}, defaultOwnerId: actor.personId, plan: { newCustomers: 0 }, strangers: {} }
  await work.tx.customerImport.create({
    data: { id, byId: actor.personId, fileName, hash, at: work.now, headers, mapping, state: 'preview', rowCount: filled.length },
  })
  await insertRows(work.tx, 'customer_import_row', {
    id: { type: 'uuid', of: filled.map(() => newId()) },
    import_id: { type: 'uuid', of: filled.map(() => id) },
    line: { type: 'int', of: filled.map(({ line }) => line) },
    cells: { type: 'jsonb', of: filled.map(({ cells }) => sealCells(secrets, cells)) },
  })
  await prepareImport(work, id, secrets)
  await record(work, { actor: actor.personId, verb: 'import-brought', subject: `import:${id}`, content: { rows: filled.length } })
  return { id }
}
