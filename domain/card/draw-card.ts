import type { Reader } from '../../lib/db.js'
import { GiveUp } from '../../lib/errors.js'
import type { Card } from './card.js'
import type { CardKind } from './card-kind.js'
import { drawAnswer } from './kinds/answer.js'
import { drawAsk } from './kinds/ask.js'
import { drawUncaptured } from './kinds/uncaptured.js'
import { drawWaiting } from './kinds/waiting.js'

/** What a card says is never stored: it is drawn from its subject whenever it leaves, so it can't be out of date. */
const kinds = {
  /** 待确认 and 影响评估, with buttons. */
  ask: drawAsk,
  /** To the rep, and for 做不了 to the manager too: what a colleague answered. */
  answer: drawAnswer,
  /** An ask that nobody answered yet. */
  waiting: drawWaiting,
  /** Said by a customer and captured by nobody: a rep's morning line. */
  uncaptured: drawUncaptured,
} satisfies Record<CardKind, (db: Reader, id: string, now: Date) => Promise<Card | null>>

/** Null: the subject no longer wants this said. */
export async function drawCard(db: Reader, card: { kind: string; subject: string }, now: Date): Promise<Card | null> {
  const draw = kinds[card.kind as CardKind]
  if (!draw) throw new GiveUp(`no card kind «${card.kind}»`)
  return draw(db, card.subject.slice(card.subject.indexOf(':') + 1), now)
}
