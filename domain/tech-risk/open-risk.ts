import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { RiskView } from '../product/product.contract.js'
import type { Work } from '../work.js'
import { assertRiskCustomer } from './list-risks.js'
import { mayJudgeRisks } from './may-judge-risks.js'
import { viewRisk, withNames } from './view-risk.js'

type Opened = { productId: string | null; customerId: string | null; words: string }

/** From now on every quote of this product, or to this customer, has to acknowledge it. */
export async function openRisk(work: Work, actor: Actor, { productId, customerId, words }: Opened): Promise<RiskView> {
  assertMayJudge(actor)
  if (!productId && !customerId) throw new Refused('bad-input', '先选是哪个产品或哪家客户的风险')
  if (productId && !(await work.tx.product.findUnique({ where: { id: productId }, select: { id: true } })))
    throw new Refused('no-product', '没有这个产品', 404)
  if (customerId) await assertRiskCustomer(work.tx, actor, customerId)
  const id = newId()
  const row = await work.tx.techRisk.create({
    data: { id, productId, customerId, words, openedById: actor.personId, openedAt: work.now },
    include: withNames,
  })
  const content = { productId, customerId, words }
  await record(work, { actor: actor.personId, verb: 'risk-opened', subject: `risk:${id}`, content })
  if (customerId) work.touched.add(`customer:${customerId}`)
  return viewRisk(row)
}

/** It is mended, and how. Quotes that were sent keep what they said. Saying it twice is saying it once. */
export async function closeRisk(work: Work, actor: Actor, { id, words }: { id: string; words: string }): Promise<void> {
  assertMayJudge(actor)
  const row = await work.tx.techRisk.findUnique({ where: { id }, select: { customerId: true } })
  if (!row) throw new Refused('no-risk', '没有这条风险', 404)
  if (row.customerId) await assertRiskCustomer(work.tx, actor, row.customerId)
  const { count } = await work.tx.techRisk.updateMany({
    where: { id, closedAt: null },
    data: { closedAt: work.now, closedWords: words },
  })
  if (count === 0) return
  await record(work, { actor: actor.personId, verb: 'risk-closed', subject: `risk:${id}`, content: { words } })
  if (row.customerId) work.touched.add(`customer:${row.customerId}`)
}

function assertMayJudge(actor: Actor): void {
  if (!mayJudgeRisks(actor)) throw new Refused('not-allowed', '技术风险由售前、产品、售后和主管登记', 403)
}
