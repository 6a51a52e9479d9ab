import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { type Actor, requirementVisibleTo, visibleTo } from '../person/actor.js'
import type { RiskList } from '../product/product.contract.js'
import { mayJudgeRisks } from './may-judge-risks.js'
import { viewRisk, withNames } from './view-risk.js'

/** Open risks of a product, or of a customer whatever is sold to them; the newest first. Of other customers nothing is told. */
export async function listRisks(db: Reader, actor: Actor, of: { productId: string } | { customerId: string }): Promise<RiskList> {
  if ('customerId' in of) await assertRiskCustomer(db, actor, of.customerId)
  const found = await db.techRisk.findMany({
    where: { closedAt: null, ...('productId' in of ? { ...of, customerId: null } : of) },
    include: withNames,
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
  })
  return { risks: found.map(viewRisk), mayJudge: mayJudgeRisks(actor) }
}

/** Whoever sees the customer, and whoever was asked about a requirement of theirs: that is who knows what may go wrong there. */
export async function assertRiskCustomer(db: Reader, actor: Actor, id: string): Promise<void> {
  const seen = visibleTo(actor)
  const seesAll = Object.keys(seen).length === 0
  const asked = { requirements: { some: requirementVisibleTo(actor) } }
  const found = await db.customer.findFirst({ where: { id, ...(seesAll ? {} : { OR: [seen, asked] }) }, select: { id: true } })
  if (!found) throw new Refused('no-customer', '没有这家客户', 404)
}
