import { Refused } from '../../lib/errors.js'
import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import type { CallOutcome } from './call.contract.js'
import { tellOf } from './keep-call.js'

/**
 * 接通 · 没接 · 空号, by whoever called, and a note. Said again within a day the newest word counts: a thumb slips. Calls that a
 * platform told of keep their outcome and take a note.
 */
export async function sayOutcome(
  work: Work,
  actor: Actor,
  { id, outcome, note }: { id: string; outcome: CallOutcome; note: string | null },
): Promise<void> {
  const call = await work.tx.call.findFirst({ where: { id, personId: actor.personId } })
  if (!call) throw new Refused('unknown-call', '没有找到这通电话，或者不是你打的', 404)
  const isOurs = call.source === 'page'
  if (!isOurs && call.outcome !== outcome) throw new Refused('told-otherwise', '这通电话的结果来自系统，只能补备注', 409)
  const said = await work.tx.call.update({ where: { id }, data: { outcome, note: note || call.note } })
  await record(work, {
    actor: actor.personId,
    verb: 'call-outcome',
    subject: `call:${id}`,
    content: { outcome, note: note || null },
  })
  await tellOf(work, said)
}
