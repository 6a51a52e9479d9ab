import type { Prisma } from '../../lib/db.js'
import type { Slot } from '../message/message.contract.js'
import type { Work } from '../work.js'
import { foldTerms } from './fold-terms.js'
import type { Terms } from './requirement.contract.js'

/** The terms that stand, folded anew from the first step on: the chain is the truth, `terms` its last page. */
export async function recomputeTerms(work: Work, requirementId: string): Promise<void> {
  const steps = await work.tx.requirementChange.findMany({ where: { requirementId }, orderBy: { step: 'asc' } })
  const first = steps[0]
  if (!first) return
  const terms = foldTerms(
    first.termsBefore as Terms,
    steps.map((step) => ({
      step: step.step,
      corrects: step.corrects,
      undone: step.undoneAt !== null,
      slots: step.slots as Slot[],
    })),
  )
  await work.tx.requirement.update({ where: { id: requirementId }, data: { terms: terms as Prisma.InputJsonObject } })
}
