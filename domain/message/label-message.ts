import type { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { record } from '../audit/record.js'
import { type Actor, messageVisibleTo } from '../person/actor.js'
import type { Work } from '../work.js'
import { findContext, findDeal } from './find-context.js'
import { stopWatching } from './watch-uncaptured.js'

/**
 * 是变更 / 不是变更: what a rep says of a finding. Kept with the question as it was understood, so that it can train the
 * next model; a «no» ends the matter for this message. Said again, the newest answer counts.
 */
export async function labelMessage(
  work: Work,
  actor: Actor,
  { messageId, change }: { messageId: string; change: boolean },
): Promise<void> {
  const message = await work.tx.message.findFirst({
    where: { id: messageId, speaker: 'customer', AND: [messageVisibleTo(actor)] },
  })
  if (!message) throw new Refused('unknown-message', '没有找到这条消息', 404)
  const { contactId, personId, text, saidAt } = message
  const deal = await findDeal(work.tx, contactId, text)
  const context = (await findContext(work.tx, { contactId, personId, before: saidAt }, 7)).slice(0, -1)
  const question = { text, context, deal: deal?.terms ?? null, today: shanghaiDay(saidAt) } as Prisma.InputJsonObject
  await work.tx.messageLabel.upsert({
    where: { messageId_personId: { messageId, personId: actor.personId } },
    create: { messageId, personId: actor.personId, change, question, at: work.now },
    update: { change, question, at: work.now },
  })
  if (!change) await stopWatching(work, messageId, actor.personId)
  await record(work, { actor: actor.personId, verb: 'message-labelled', subject: `message:${messageId}`, content: { change } })
  work.touched.add(`chat:${contactId}`)
}
