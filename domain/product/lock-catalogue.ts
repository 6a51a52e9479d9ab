import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { mayEditProducts } from './may-edit-products.js'

/** Who writes products takes turns, so that a code is asked for and taken in one go. Throws Refused for whoever may not. */
export async function lockCatalogue(work: Work, actor: Actor): Promise<void> {
  if (!mayEditProducts(actor)) throw new Refused('not-allowed', '产品由产品和销售经理维护', 403)
  await lockWrites(work)
}

export async function lockWrites(work: Work): Promise<void> {
  await work.tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('product', 7))`
}

/** The product as it stands. `version`: which one the author saw; leave it out where it makes no difference. */
export async function holdProduct(work: Work, actor: Actor, { id, version }: { id: string; version?: number }) {
  await lockCatalogue(work, actor)
  const row = await work.tx.product.findUnique({ where: { id } })
  if (!row) throw new Refused('no-product', '没有这个产品', 404)
  if (version !== undefined && row.version !== version)
    throw new Refused('changed-meanwhile', '刚刚有别人改过这个产品，请刷新后再改', 409)
  return row
}
