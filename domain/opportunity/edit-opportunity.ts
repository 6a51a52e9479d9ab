import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import type { OpportunityView } from './opportunity.contract.js'
import { viewOpportunity } from './view-opportunity.js'

type Edit = { id: string; title: string; source: string | null; stage: string | null; amountFen: number | null }

/** 补充: what else is known of it. Its owner's to say, and a manager's. `amountFen`: 分. */
export async function editOpportunity(work: Work, actor: Actor, edit: Edit): Promise<OpportunityView> {
  const isAbove = actor.roles.includes('manager') || actor.roles.includes('admin')
  const row = await work.tx.opportunity.findFirst({
    where: { id: edit.id, undoneAt: null, ...(isAbove ? {} : { ownerId: actor.personId }) },
  })
  if (!row) throw new Refused('no-such-opportunity', '没有找到这个商机，或者它不归你', 404)
  const { title, source, stage } = edit
  const amountFen = edit.amountFen === null ? null : BigInt(edit.amountFen)
  const now = await work.tx.opportunity.update({ where: { id: edit.id }, data: { title, source, stage, amountFen } })
  const content = { before: viewOpportunity(row), after: viewOpportunity(now) }
  await record(work, { actor: actor.personId, verb: 'opportunity-edit', subject: `opportunity:${edit.id}`, content })
  if (row.contactId) work.touched.add(`chat:${row.contactId}`)
  if (row.customerId) work.touched.add(`customer:${row.customerId}`)
  return viewOpportunity(now)
}
