import type { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { type Actor, visibleTo } from '../person/actor.js'
import type { Work } from '../work.js'
import { appendStep } from './capture-change.js'
import { closeAsks } from './close-asks.js'
import type { CorrectInput } from './requirement.contract.js'

/**
 * A captured change turned out to be wrong: the correction is a step of its own with the same evidence, and colleagues
 * who have not answered the wrong one are asked the right one instead. Nothing on the chain is overwritten.
 */
export async function correctChange(
  work: Work,
  actor: Actor,
  changeId: string,
  input: Omit<CorrectInput, 'requestId'>,
): Promise<string> {
  const change = await work.tx.requirementChange.findFirst({
    where: { id: changeId, OR: [{ capturedById: actor.personId }, { requirement: { customer: visibleTo(actor) } }] },
    include: { evidence: true, requirement: { select: { customerId: true } } },
  })
  if (!change) throw new Refused('unknown-change', '没有找到这条变更', 404)
  await work.tx.$queryRaw`SELECT 1 FROM requirement WHERE id = ${change.requirementId}::uuid FOR UPDATE`
  const { undoneAt } = await work.tx.requirementChange.findUniqueOrThrow({ where: { id: changeId }, select: { undoneAt: true } })
  if (undoneAt) throw new Refused('undone', '这条变更已经撤销，不用更正', 409)
  const later = await work.tx.requirementChange.findFirst({
    where: { requirementId: change.requirementId, corrects: change.step, undoneAt: null },
  })
  if (later) throw new Refused('corrected', `这条变更已在第 ${later.step} 步更正过，请更正那一步`, 409)
  const isNeed = change.types.length === 0
  if (!isNeed && input.types.length === 0) throw new Refused('no-types', '先选一下变了什么')
  const { askIds } = await closeAsks(work, changeId, '已更正，请看新的卡片')
  for (const id of askIds) work.touched.add(`ask:${id}`)
  return appendStep(work, actor, {
    customerId: change.requirement.customerId,
    requirementId: change.requirementId,
    contactId: change.contactId,
    types: isNeed ? [] : input.types,
    slots: input.slots,
    note: input.note,
    evidence: (change.evidence?.messages ?? []) as Prisma.InputJsonObject[],
    corrects: change.step,
  })
}
