import type { Reader } from '../../lib/db.js'
import { GiveUp } from '../../lib/errors.js'
import type { Card } from './card.js'
import type { CardKind } from './card-kind.js'
import { drawAnswer } from './kinds/answer.js'
import { drawAsk } from './kinds/ask.js'
import { drawClaim } from './kinds/claim.js'
import { drawDigest } from './kinds/digest.js'
import { drawHandover } from './kinds/handover.js'
import { drawLateContacts } from './kinds/late-contacts.js'
import { drawLeadHeat } from './kinds/lead-heat.js'
import { drawNewContacts } from './kinds/new-contacts.js'
import { drawQuoteAnswered } from './kinds/quote-answered.js'
import { drawQuoteApproval } from './kinds/quote-approval.js'
import { drawQuoteDecision } from './kinds/quote-decision.js'
import { drawQuoteOpened } from './kinds/quote-opened.js'
import { drawReminder } from './kinds/reminder.js'
import { drawTryOne } from './kinds/try-one.js'
import { drawUncaptured } from './kinds/uncaptured.js'
import { drawUnreachable } from './kinds/unreachable.js'
import { drawWaiting } from './kinds/waiting.js'

/** What a card says is never stored: it is drawn from its subject whenever it leaves, so it can't be out of date. */
const kinds = {
  /** 待确认 and 影响评估, with buttons. */
  ask: drawAsk,
  /** To the rep, and for 做不了 to the manager too: what a colleague answered. */
  answer: drawAnswer,
  /** Said by a customer and captured by nobody: a rep's morning line. */
  uncaptured: drawUncaptured,
  /** One level of a ladder, with the buttons that acknowledge it. */
  reminder: drawReminder,
  /** An ask that stands again: its card can't be changed a second time. */
  waiting: drawWaiting,
  /** Several reminders at once: a list. */
  digest: drawDigest,
  /** 已处理, said by its holder: their manager accepts it or not. */
  claim: drawClaim,
  /** 待交接: a colleague left. And what of it was given to whom. */
  handover: drawHandover,
  /** Colleagues whom no channel reaches. */
  unreachable: drawUnreachable,
  /** 试发一条. */
  'try-one': drawTryOne,
  /** 新客户: those of one rep that nobody has decided about yet. */
  'new-contacts': drawNewContacts,
  /** To a manager: several of one rep that are over their time. */
  'late-contacts': drawLateContacts,
  /** A quote that breaks the policy, to whoever may let it pass. */
  'quote-approval': drawQuoteApproval,
  /** To the rep: it may be sent, or not. */
  'quote-decision': drawQuoteDecision,
  /** To managers: a week in which too few leads had a quote within 72 hours. */
  'lead-heat': drawLeadHeat,
  /** A customer opened a quote for the first time. */
  'quote-opened': drawQuoteOpened,
  /** A customer confirmed, wants something else, declined, or asked. */
  'quote-answered': drawQuoteAnswered,
} satisfies Record<CardKind, (db: Reader, id: string, now: Date) => Promise<Card | null>>

/** Null: the subject no longer wants this said. */
export async function drawCard(db: Reader, card: { kind: string; subject: string }, now: Date): Promise<Card | null> {
  const draw = kinds[card.kind as CardKind]
  if (!draw) throw new GiveUp(`no card kind «${card.kind}»`)
  return draw(db, card.subject.slice(card.subject.indexOf(':') + 1), now)
}
