import { record } from '../audit/record.js'
import { laneOf, later } from '../outbox.js'
import type { Work } from '../work.js'
import { askProfile } from './ask-profile.js'
import { ensurePair, type Pair } from './note-add.js'

const why: Record<string, string> = {
  customer_refused: '客户没有同意换人',
  customer_limit_exceed: '你的客户数已到企业微信的上限',
}

/** Whoever was to take the customer is told why they did not come: in the platform only the administrator would see it. */
export async function noteTransferFailed(work: Work, { reason, ...pair }: Pair & { reason: string }): Promise<void> {
  const { contactId, personId } = await ensurePair(work, pair)
  const { name } = await work.tx.contact.findUniqueOrThrow({ where: { id: contactId }, select: { name: true } })
  await record(work, { actor: 'system', verb: 'transfer-failed', subject: `contact:${contactId}`, content: { personId, reason } })
  await later(work, {
    kind: 'send-text',
    key: `transfer-failed:${contactId}:${personId}:${work.now.getTime()}`,
    lane: laneOf(personId),
    payload: { personId, text: `客户「${name}」没有转到你这里：${why[reason] ?? '企业微信没有说明原因'}` },
  })
  await askProfile(work, contactId, `transfer:${work.now.getTime()}`)
}
