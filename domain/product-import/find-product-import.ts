import type { Prisma, Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import type { ImportState } from '../import/import.contract.js'
import { assertState } from '../import/import-rules.js'
import type { Actor } from '../person/actor.js'
import { mayEditProducts } from '../product/may-edit-products.js'
import type { Work } from '../work.js'

const withBy = { by: { select: { name: true } } } satisfies Prisma.ProductImportInclude
export type FoundProductImport = Prisma.ProductImportGetPayload<{ include: typeof withBy }>

/** Throws Refused for whoever may not, and 404 for what there is not. */
export async function getProductImport(db: Reader, actor: Actor, id: string): Promise<FoundProductImport> {
  assertProductImporter(actor)
  const found = await db.productImport.findUnique({ where: { id }, include: withBy })
  if (!found) throw new Refused('no-import', '没有这次导入', 404)
  return found
}

export function assertProductImporter(actor: Actor): void {
  if (!mayEditProducts(actor)) throw new Refused('not-allowed', '产品和价格由产品和销售经理导入', 403)
}

/** The same, held until the work commits: two people, or two taps, take turns. */
export async function lockProductImport(
  work: Work,
  actor: Actor,
  { id, states }: { id: string; states: ImportState[] },
): Promise<FoundProductImport> {
  await work.tx.$queryRaw`SELECT 1 FROM product_import WHERE id = ${id}::uuid FOR UPDATE`
  const found = await getProductImport(work.tx, actor, id)
  assertState(found.state, states)
  return found
}

/** What pages of this import follow. */
export const subjectOfProducts = (id: string) => `catalogue-import:${id}`
