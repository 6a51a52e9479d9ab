import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { holdProduct, lockCatalogue } from './lock-catalogue.js'
import type { ProductInput } from './product.contract.js'
import { searchTextOf } from './search-text.js'
import { decimalOf } from './view-product.js'

export async function createProduct(work: Work, actor: Actor, input: ProductInput): Promise<{ id: string }> {
  await lockCatalogue(work, actor)
  await assertCodeFree(work, input.code, null)
  const id = newId()
  const stockAt = input.stock === null ? null : work.now
  await work.tx.product.create({
    data: { id, ...input, search: searchTextOf(input), stockAt, createdAt: work.now, updatedAt: work.now },
  })
  await record(work, { actor: actor.personId, verb: 'product-created', subject: `product:${id}`, content: input })
  return { id }
}

/** What was written takes the place of all that stood there. Quotes that were sent keep what they said. */
export async function editProduct(
  work: Work,
  actor: Actor,
  { id, version, ...input }: ProductInput & { id: string; version: number },
): Promise<void> {
  const row = await holdProduct(work, actor, { id, version })
  await assertCodeFree(work, input.code, id)
  const before = {
    ...{ code: row.code, name: row.name, spec: row.spec, unit: row.unit, line: row.line, nicknames: row.nicknames },
    ...{
      price: decimalOf(row.price),
      cost: decimalOf(row.cost),
      taxBp: row.taxBp,
      stock: decimalOf(row.stock),
      params: row.params,
    },
  }
  const isSameStock = input.stock === null ? row.stock === null : row.stock?.equals(input.stock) === true
  await work.tx.product.update({
    where: { id },
    data: {
      ...{ ...input, search: searchTextOf(input), updatedAt: work.now, version: version + 1 },
      ...(isSameStock ? {} : { stockAt: input.stock === null ? null : work.now }),
    },
  })
  await record(work, {
    actor: actor.personId,
    verb: 'product-edited',
    subject: `product:${id}`,
    content: { before, after: input },
  })
}

/** 停售 and 恢复: it is offered no more, or again. Saying it twice is saying it once. */
export async function stopProduct(
  work: Work,
  actor: Actor,
  { id, version, stopped }: { id: string; version: number; stopped: boolean },
): Promise<void> {
  const row = await holdProduct(work, actor, { id, version })
  if ((row.stoppedAt !== null) === stopped) return
  await work.tx.product.update({
    where: { id },
    data: { stoppedAt: stopped ? work.now : null, updatedAt: work.now, version: version + 1 },
  })
  const verb = stopped ? 'product-stopped' : 'product-resumed'
  await record(work, { actor: actor.personId, verb, subject: `product:${id}`, content: { name: row.name } })
}

async function assertCodeFree(work: Work, code: string | null, id: string | null): Promise<void> {
  const holder = code === null ? null : await work.tx.product.findUnique({ where: { code }, select: { id: true, name: true } })
  if (holder && holder.id !== id) throw new Refused('code-taken', `货号 ${code} 已经是「${holder.name}」的了`, 409)
}
