import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import { type Actor, visibleTo } from '../person/actor.js'
import type { Work } from '../work.js'
import { tellChange } from './tell-change.js'

/** The rep put the answer into the chat. Said once; the words that really went out are kept in the audit. */
export async function markReplySent(work: Work, actor: Actor, changeId: string, text: string): Promise<void> {
  const change = await work.tx.requirementChange.findFirst({
    where: { id: changeId, OR: [{ capturedById: actor.personId }, { requirement: { customer: visibleTo(actor) } }] },
  })
  if (!change) throw new Refused('unknown-change', '没有找到这条变更', 404)
  const { count } = await work.tx.requirementChange.updateMany({
    where: { id: changeId, replySentAt: null },
    data: { replySentAt: work.now },
  })
  if (count === 0) return
  await record(work, { actor: actor.personId, verb: 'reply-sent', subject: `change:${changeId}`, content: { text } })
  tellChange(work, change)
}
