import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import { mayEditProducts } from '../product/may-edit-products.js'
import type { Work } from '../work.js'
import type { BookInput } from './price.contract.js'

/** A new price book, in force from its first day on; its id. */
export async function createBook(work: Work, actor: Actor, input: BookInput): Promise<string> {
  assertMayPrice(actor)
  const id = newId()
  await work.tx.priceBook.create({ data: { id, ...rowOf(input), createdAt: work.now, updatedAt: work.now } })
  await record(work, { actor: actor.personId, verb: 'price-book-create', subject: `price-book:${id}`, content: input })
  return id
}

/** What was sent stays as it was; drafts are checked by the book as it is from now on. `version`: the one that its author saw. */
export async function editBook(
  work: Work,
  actor: Actor,
  { id, version, input }: { id: string; version: number; input: BookInput },
): Promise<void> {
  await change(work, actor, { id, version, data: rowOf(input) })
  await record(work, { actor: actor.personId, verb: 'price-book-edit', subject: `price-book:${id}`, content: input })
}

/** A stopped book counts for nobody, until it is taken up again. */
export async function stopBook(
  work: Work,
  actor: Actor,
  { id, version, stopped }: { id: string; version: number; stopped: boolean },
): Promise<void> {
  await change(work, actor, { id, version, data: { stoppedAt: stopped ? work.now : null } })
  const verb = stopped ? 'price-book-stop' : 'price-book-resume'
  await record(work, { actor: actor.personId, verb, subject: `price-book:${id}`, content: {} })
}

export function assertMayPrice(actor: Actor): void {
  if (!mayEditProducts(actor)) throw new Refused('not-yours', '价格由产品和经理来定', 403)
}

type Change = { id: string; version: number; data: Partial<ReturnType<typeof rowOf>> & { stoppedAt?: Date | null } }

async function change(work: Work, actor: Actor, { id, version, data }: Change): Promise<void> {
  assertMayPrice(actor)
  // The condition is inside the write: of two who edit what they both saw, the second is told.
  const { count } = await work.tx.priceBook.updateMany({
    where: { id, version },
    data: { ...data, version: { increment: 1 }, updatedAt: work.now },
  })
  if (count > 0) return
  if ((await work.tx.priceBook.count({ where: { id } })) === 0) throw new Refused('no-book', '没有这张价格表', 404)
  throw new Refused('changed-meanwhile', '刚刚有别人改过，先看看改了什么再保存', 409)
}

const rowOf = ({ validFrom, validUntil, tiers, ...input }: BookInput) => ({
  ...input,
  tiers: [...new Set(tiers)],
  validFrom: validFrom ? new Date(`${validFrom}T00:00:00Z`) : null,
  validUntil: validUntil ? new Date(`${validUntil}T00:00:00Z`) : null,
})
