import type { Reader } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'
import { assertImporter } from './find-import.js'
import type { ImportList } from './import.contract.js'
import { briefOf } from './view-import.js'

const MOST = 20

/** The newest first. */
export async function listImports(db: Reader, actor: Actor): Promise<ImportList> {
  assertImporter(actor)
  const kept = await db.customerImport.findMany({
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: MOST,
    include: { by: { select: { name: true } } },
  })
  const imports = []
  for (const one of kept) imports.push(await briefOf(db, one))
  return { imports }
}
