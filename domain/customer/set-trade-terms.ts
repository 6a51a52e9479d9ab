import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { assertCustomer } from './open-chat.js'
import type { TradeTerms, TradeTermsInput } from './trade-terms.contract.js'

/** A rep does not write what their own quotes are judged by. */
const mayEdit = (actor: Actor) => actor.roles.some((role) => role === 'lead' || role === 'manager' || role === 'admin')

export async function getTradeTerms(db: Reader, actor: Actor, customerId: string): Promise<TradeTerms> {
  await assertCustomer(db, actor, customerId)
  const select = { id: true, name: true, tier: true, region: true, creditFen: true, owedFen: true }
  const { id, name, tier, region, creditFen, owedFen } = await db.customer.findUniqueOrThrow({
    where: { id: customerId },
    select,
  })
  const [tiers, regions, books] = await Promise.all([
    db.customer.findMany({ where: { tier: { not: null } }, distinct: ['tier'], select: { tier: true } }),
    db.customer.findMany({ where: { region: { not: null } }, distinct: ['region'], select: { region: true } }),
    db.priceBook.findMany({ where: { stoppedAt: null }, select: { tiers: true } }),
  ])
  const known = (words: (string | null)[]) => [...new Set(words.flatMap((word) => word ?? []))].sort()
  return {
    customer: { id, name },
    ...{ tier, region },
    creditFen: creditFen === null ? null : Number(creditFen),
    owedFen: owedFen === null ? null : Number(owedFen),
    tiers: known([...tiers.map((one) => one.tier), ...books.flatMap((book) => book.tiers)]),
    regions: known(regions.map((one) => one.region)),
    mayEdit: mayEdit(actor),
  }
}

/** Drafts are checked by it from now on; what was sent stays. */
export async function setTradeTerms(
  work: Work,
  actor: Actor,
  customerId: string,
  { was, ...terms }: TradeTermsInput,
): Promise<void> {
  await assertCustomer(work.tx, actor, customerId)
  if (!mayEdit(actor)) throw new Refused('not-yours', '等级、区域和信用额度由主管来定', 403)
  const row = ({ tier, region, creditFen }: typeof was) => ({
    ...{ tier, region },
    creditFen: creditFen === null ? null : BigInt(creditFen),
  })
  // The condition is inside the write: of two who change what they both saw, the second is told.
  const { count } = await work.tx.customer.updateMany({ where: { id: customerId, ...row(was) }, data: row(terms) })
  if (count === 0) throw new Refused('changed-meanwhile', '刚刚有别人改过，刷新后再改', 409)
  await record(work, {
    actor: actor.personId,
    verb: 'trade-terms-set',
    subject: `customer:${customerId}`,
    content: { ...terms, was },
  })
  work.touched.add(`customer:${customerId}`)
}
