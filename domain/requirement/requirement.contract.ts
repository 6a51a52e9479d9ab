import * as z from 'zod/mini'
import { changeType, slot } from '../message/message.contract.js'
import { personBrief } from '../person/person.contract.js'

/** What was agreed, as it stands now. The shape that nlp compares a message with. */
export const terms = z.object({
  items: z.array(
    z.object({ name: z.string(), spec: z.nullable(z.string()), qty: z.nullable(z.number()), unit: z.nullable(z.string()) }),
  ),
  /** ISO date. */
  delivery: z.nullable(z.string()),
  /** Yuan. */
  budget: z.nullable(z.number()),
  terms: z.nullable(z.string()),
})
export type Terms = z.infer<typeof terms>

export const requirementBrief = z.object({
  id: z.string(),
  /** Short number that people say aloud: 「需求 12」. */
  number: z.int(),
  title: z.string(),
  terms,
  changes: z.int(),
})
export type RequirementBrief = z.infer<typeof requirementBrief>

/** 待确认 is asked as `confirm` (can we do it?), 影响评估 as `assess` (what does it touch?). */
export const purpose = z.enum(['confirm', 'assess'])
export type Purpose = z.infer<typeof purpose>
export const verdict = z.enum(['can', 'conditional', 'cannot', 'no-impact', 'impact'])
export type Verdict = z.infer<typeof verdict>

/** The answers as they stand on buttons and cards. */
export const verdictWords: Record<Verdict, string> = {
  can: '能做',
  conditional: '有条件',
  cannot: '做不了',
  'no-impact': '没影响',
  impact: '有影响',
}

/** One colleague being asked about one change, and the answer. */
export const askView = z.object({
  id: z.string(),
  purpose,
  /** Who is meant first; `others` got the same card, and the first answer counts. */
  person: personBrief,
  others: z.array(personBrief),
  /** Present when somebody stands in: nobody holds the role, or the substitute was named. */
  standsInFor: z.nullable(z.string()),
  askedAt: z.nullable(z.string()),
  verdict: z.nullable(verdict),
  note: z.nullable(z.string()),
  answeredAt: z.nullable(z.string()),
  answeredBy: z.nullable(personBrief),
  /** Milliseconds of business time from asked to answered. */
  took: z.nullable(z.int()),
  /** Why no answer is wanted any more: 「已更正」. */
  closed: z.nullable(z.string()),
})
export type AskView = z.infer<typeof askView>

export const evidenceMessage = z.object({
  speaker: z.enum(['customer', 'rep']),
  name: z.string(),
  text: z.string(),
  saidAt: z.string(),
  source: z.string(),
})
export type EvidenceMessage = z.infer<typeof evidenceMessage>

export const changeView = z.object({
  id: z.string(),
  requirementId: z.string(),
  /** Position on the chain, from 1. */
  step: z.int(),
  /** pending: still within the time in which it can be undone. */
  state: z.enum(['pending', 'open', 'answered', 'undone']),
  /** None: a new need, the first step of its requirement. */
  types: z.array(changeType),
  slots: z.array(slot),
  note: z.nullable(z.string()),
  capturedBy: personBrief,
  capturedAt: z.string(),
  undoUntil: z.nullable(z.string()),
  /** The step that this one corrects, and the one that corrects it. */
  corrects: z.nullable(z.int()),
  correctedBy: z.nullable(z.int()),
  evidence: z.array(evidenceMessage),
  /** SHA-256 over salt and messages; `null` once the content was erased by right. */
  evidenceHash: z.string(),
  asks: z.array(askView),
  /** What the rep may send to the customer, once it can be said. */
  replyDraft: z.nullable(z.string()),
  replySentAt: z.nullable(z.string()),
})
export type ChangeView = z.infer<typeof changeView>

export const chainView = z.extend(requirementBrief, {
  customer: z.object({ id: z.string(), name: z.string() }),
  steps: z.array(changeView),
})
export type ChainView = z.infer<typeof chainView>

export const captureInput = z.object({
  requestId: z.uuid(),
  contactId: z.uuid(),
  /** The words were said in this customer group; who of them spoke stands in the messages. */
  groupId: z.optional(z.uuid()),
  messageIds: z.array(z.uuid()).check(z.minLength(1), z.maxLength(20)),
  types: z.array(changeType).check(z.minLength(1)),
  /** null opens a new requirement. */
  requirementId: z.nullable(z.uuid()),
  slots: z.array(slot).check(z.maxLength(20)),
  note: z.nullable(z.string().check(z.maxLength(500))),
})
export type CaptureInput = z.infer<typeof captureInput>

export const correctInput = z.object({
  requestId: z.uuid(),
  /** None where the step that is corrected was a new need. */
  types: z.array(changeType),
  slots: z.array(slot).check(z.maxLength(20)),
  note: z.string().check(z.minLength(1), z.maxLength(500)),
})
export type CorrectInput = z.infer<typeof correctInput>

export const answerInput = z.object({ requestId: z.uuid(), note: z.nullable(z.string().check(z.maxLength(500))) })
export type AnswerInput = z.infer<typeof answerInput>

/** The one-line page behind 有条件 / 做不了 / 有影响. */
export const askPage = z.object({
  ask: askView,
  change: changeView,
  customer: z.object({ id: z.string(), name: z.string() }),
  requirement: z.object({ number: z.int(), title: z.string() }),
})
export type AskPage = z.infer<typeof askPage>
