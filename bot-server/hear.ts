import { findContext, findDeal, findDealOf } from '../domain/message/find-context.js'
import type { KeptFinding } from '../domain/message/findings.contract.js'
import { hearMessage } from '../domain/message/hear-message.js'
import type { MessageSource } from '../domain/message/message.contract.js'
import { proposeOutside } from '../domain/outside-quote/propose-outside.js'
import { findRule } from '../domain/rule/rule.js'
import { settings } from '../domain/rule/settings.js'
import type { Work } from '../domain/work.js'
import { shanghaiDay } from '../lib/format/dates.js'
import { tidy } from '../lib/tidy.js'
import { readNamedPrice } from '../nlp/named-price.js'
import { readNeed } from '../nlp/need.js'
import { understand } from '../nlp/understand.js'

type Said = {
  source: MessageSource
  sourceKey: string
  contactId: string
  personId: string
  /** Said in a customer group: the contact is who of them spoke. */
  groupId?: string | undefined
  speaker: 'customer' | 'rep'
  text: string
  /** A line that the platform made of a call, a picture, a voice: its numbers are nobody's wish. */
  wordless?: boolean
  saidAt: Date
}

/** Understands what was said, in its context and beside the deal as it stands, and keeps both. Null: known already. */
export async function hear(work: Work, said: Said): Promise<string | null> {
  const text = tidy(said.text)
  const { wordless, ...kept } = said
  const finding = said.speaker === 'customer' && text && !wordless ? tidy(await find(work, { ...said, text })) : null
  const id = await hearMessage(work, { ...kept, text, finding })
  if (id && said.source === 'archive' && said.speaker === 'rep' && !wordless) await proposePrice(work, id, text)
  return id
}

/** One of ours names a price in the chat: perhaps that is the quote that a lead waits for. */
async function proposePrice(work: Work, messageId: string, text: string): Promise<void> {
  const price = readNamedPrice(text)
  if (!price) return
  await proposeOutside(work, { messageId, totalFen: price.total ? BigInt(Math.round(price.yuan * 100)) : null })
}

async function find(work: Work, said: Said): Promise<KeptFinding> {
  const { contactId, personId, groupId, saidAt: before } = said
  const group = groupId ? await work.tx.group.findUnique({ where: { id: groupId }, select: { customerId: true } }) : null
  const deal = group?.customerId
    ? await findDealOf(work.tx, group.customerId, said.text)
    : await findDeal(work.tx, contactId, said.text)
  const context = await findContext(work.tx, groupId ? { groupId, before } : { contactId, personId, before })
  const question = { text: said.text, context, deal: deal?.terms ?? null, today: shanghaiDay(said.saidAt) }
  const found = understand(question)
  const { change, score, types, slots, spans, signals, why } = found
  const wanted = readNeed(question, found)
  const kept: KeptFinding = wanted
    ? { change: false, score: Math.min(score, NO_CHANGE), types: [], slots: [], spans: [], need: wanted, signals, why }
    : { change, score, types, slots, spans, need: null, signals, why }
  return markKeywords(kept, said.text, await findKeywords(work))
}

const KEYWORD_SCORE = 0.5
/** Below that: a new need is no change, however sure the net was that something is wished for. */
const NO_CHANGE = 0.49

/**
 * An administrator's own words come on top: they mark what the understanding let pass, and never take a finding away. A new
 * need was not let pass, it was understood as something else.
 */
export function markKeywords(finding: KeptFinding, text: string, keywords: string[]): KeptFinding {
  const hits = keywords.filter((word) => text.includes(word))
  if (finding.change || finding.need || hits.length === 0) return finding
  const spans = hits.map((word) => ({ from: text.indexOf(word), to: text.indexOf(word) + word.length, field: 'keyword' }))
  return { ...finding, change: true, score: Math.max(finding.score, KEYWORD_SCORE), spans }
}

async function findKeywords(work: Work): Promise<string[]> {
  return settings.keywords.schema.parse((await findRule(work.tx, 'keywords')) ?? settings.keywords.standing)
}
