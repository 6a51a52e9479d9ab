import { record } from '../audit/record.js'
import type { Actor } from '../person/actor.js'
import { unopenedOf } from '../quote-notice/notice-kinds.js'
import { settleReminder } from '../reminders/settle-reminder.js'
import type { Work } from '../work.js'
import { holdQuote, touchQuote, versionOf } from './find-quote.js'

type Given = { quoteId: string; version: number; how: 'chat' | 'copy' | 'qr' | 'pdf' }

/** It was put into the chat, its link copied, shown or sent as a file. The first time counts. */
export async function noteGiven(work: Work, actor: Actor, { quoteId, version, how }: Given): Promise<void> {
  const quote = await holdQuote(work, actor, quoteId)
  const { id, givenAt } = versionOf(quote, version)
  await record(work, { actor: actor.personId, verb: 'quote-given', subject: `quote:${quoteId}`, content: { version, how } })
  if (!givenAt) await work.tx.quoteVersion.update({ where: { id }, data: { givenAt: work.now } })
  // A file is read without our page: nobody will be seen to open it.
  if (how === 'pdf') await settleReminder(work, { ...unopenedOf(id), by: 'pdf' })
  touchQuote(work, quote)
}
