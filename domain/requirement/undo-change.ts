import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Finding } from '../message/message.contract.js'
import { watchUncaptured } from '../message/watch-uncaptured.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { closeAsks } from './close-asks.js'
import { recomputeTerms } from './recompute-terms.js'
import { reopenAsks } from './reopen-asks.js'
import { tellChange } from './tell-change.js'

/** Takes a capture or a correction back while nobody has been told. Afterwards only a correction is honest. */
export async function undoChange(work: Work, actor: Actor, changeId: string): Promise<void> {
  const change = await work.tx.requirementChange.findFirst({ where: { id: changeId, capturedById: actor.personId } })
  if (!change) throw new Refused('unknown-change', '没有找到这条变更', 404)
  // Chain first, then the step: the same order as everyone else, or two of them would wait for each other.
  await work.tx.$queryRaw`SELECT 1 FROM requirement WHERE id = ${change.requirementId}::uuid FOR UPDATE`
  const fresh = await work.tx.requirementChange.findUniqueOrThrow({ where: { id: changeId } })
  if (fresh.undoneAt) return
  const tooLate = new Refused('too-late', '已经通知同事了，撤不回来。可以点「更正」', 409)
  if (work.now >= fresh.undoUntil) throw tooLate
  const { askIds, toldAnybody } = await closeAsks(work, changeId, '已撤销')
  if (toldAnybody) throw tooLate // a card is on its way, whatever our clocks say
  const reopened = await reopenAsks(work, fresh)
  await work.tx.requirementChange.update({ where: { id: changeId }, data: { undoneAt: work.now } })
  await recomputeTerms(work, change.requirementId)
  await watchAgain(work, changeId)
  await record(work, { actor: actor.personId, verb: 'change-undone', subject: `change:${changeId}`, content: {} })
  tellChange(work, change, [...askIds, ...reopened])
}

/** What was captured and taken back has been said and not captured, as before. */
async function watchAgain(work: Work, changeId: string): Promise<void> {
  const evidence = await work.tx.evidence.findUnique({ where: { changeId }, select: { messages: true } })
  const ids = ((evidence?.messages ?? []) as { messageId: string }[]).map((message) => message.messageId)
  const messages = await work.tx.message.findMany({ where: { id: { in: ids }, source: 'archive', revokedAt: null } })
  for (const message of messages) await watchUncaptured(work, { ...message, finding: message.finding as Finding | null })
}
