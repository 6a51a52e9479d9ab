import { findContext, findDeal } from '../domain/message/find-context.js'
import { hearMessage } from '../domain/message/hear-message.js'
import type { Finding, MessageSource } from '../domain/message/message.contract.js'
import type { Work } from '../domain/work.js'
import { shanghaiDay } from '../lib/format/dates.js'
import { tidy } from '../lib/tidy.js'
import { understand } from '../nlp/understand.js'

type Said = {
  source: MessageSource
  sourceKey: string
  contactId: string
  personId: string
  speaker: 'customer' | 'rep'
  text: string
  saidAt: Date
}

/** Understands what was said, in its context and beside the deal as it stands, and keeps both. Null: known already. */
export async function hear(work: Work, said: Said): Promise<string | null> {
  const text = tidy(said.text)
  const finding = said.speaker === 'customer' && text ? tidy(await find(work, { ...said, text })) : null
  return hearMessage(work, { ...said, text, finding })
}

async function find(work: Work, said: Said): Promise<Finding> {
  const deal = await findDeal(work.tx, said.contactId, said.text)
  const context = await findContext(work.tx, { contactId: said.contactId, personId: said.personId, before: said.saidAt })
  const { change, score, types, slots, spans } = understand({
    text: said.text,
    context,
    deal: deal?.terms ?? null,
    today: shanghaiDay(said.saidAt),
  })
  return { change, score, types, slots, spans }
}
