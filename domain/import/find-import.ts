import type { Prisma, Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import type { ImportState } from './import.contract.js'
import { assertState, maySeeImports } from './import-rules.js'

const withBy = { by: { select: { name: true } } } satisfies Prisma.CustomerImportInclude
export type FoundImport = Prisma.CustomerImportGetPayload<{ include: typeof withBy }>

/** Throws Refused for whoever may not, and 404 for what there is not. */
export async function getImport(db: Reader, actor: Actor, id: string): Promise<FoundImport> {
  assertImporter(actor)
  const found = await db.customerImport.findUnique({ where: { id }, include: withBy })
  if (!found) throw new Refused('no-import', '没有这次导入', 404)
  return found
}

export function assertImporter(actor: Actor): void {
  if (!maySeeImports(actor)) throw new Refused('not-allowed', '导入客户归经理和管理员做', 403)
}

/** The same, held until the work commits: two people, or two taps, take turns. */
export async function lockImport(
  work: Work,
  actor: Actor,
  { id, states }: { id: string; states: ImportState[] },
): Promise<FoundImport> {
  await work.tx.$queryRaw`SELECT 1 FROM customer_import WHERE id = ${id}::uuid FOR UPDATE`
  const found = await getImport(work.tx, actor, id)
  assertState(found.state, states)
  return found
}

/** What pages of this import follow. */
export const subjectOf = (id: string) => `import:${id}`
