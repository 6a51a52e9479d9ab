import { insertRows } from '../lib/insert-rows.js'
import type { ChatPlatform } from './person/person.contract.js'
import type { Work } from './work.js'

/** What jobs/effects know how to do, and what each needs. A kind is a file there; its payload is a line here. */
export type Effects = {
  'send-card': { copyId: string }
  /** 工作通知 and DING of DingTalk: for escalations, they cost the month's quota. */
  'send-work-notice': { copyId: string }
  'fetch-notice-result': { copyId: string; taskId: string; attempt: number }
  'send-ding': { copyId: string }
  'send-sms': { copyId: string }
  'fetch-sms-report': { copyId: string; attempt: number }
  'send-mail': { copyId: string }
  'send-group': { copyId: string }
  'update-card': { copyId: string; version: number }
  'recall-card': { copyId: string }
  /**
   * Where it was asked, it is answered: `group` is the conversation's id, `session` what answers in it (domain/bot/session-secrets.ts).
   * Default: the chat that the person uses.
   */
  'send-text': { personId: string; text: string; platform?: ChatPlatform; group?: string; session?: string }
  'answer-stranger': { session: string; text: string }
  /** `edge`: who came together before it is history (ISO). Without it, what we know of the member's list says so. */
  'fetch-contact': { contactId: string; edge?: string }
  /** `until`: when its code ends (ISO, business time). */
  'send-welcome': { contactId: string; personId: string; code: string; until?: string }
  /** What a rep looked at and agreed to: a company where none stands, and phones beside those that stand. */
  'set-remark': { contactId: string; personId: string; company: string | null; phoneIds: string[] }
  'set-tags': { contactId: string; personId: string; add: string[]; remove: string[] }
  /** All of the company's tags: their names on our rows follow. */
  'fetch-tags': { why: string }
  'add-contact-way': { wayId: string }
  'fetch-group': { groupId: string }
  /** The look at everybody's customers: who has any, whom each one has, and a page of them; then the groups. */
  'list-followers': { run: string }
  'list-contacts': { personId: string; run: string; startedAt: string; last: string | null }
  'backfill-contacts': { personId: string; run: string; startedAt: string; edge: string; cursor: string | null; page: number }
  'list-groups': { run: string; cursor: string | null; page: number }
  'fetch-member': { personId: string }
  /** The look at the directory: its departments, then the members of each. `leaders`: userids, nearest first. */
  'list-departments': { run: string }
  'list-members': { run: string; department: number; leaders: string[] }
  /** DingTalk's external contacts, a page of one look at them; one that the look did not come upon. Its customers in 钉钉 CRM. */
  'list-dingtalk-contacts': { run: string; startedAt: string; whole: boolean; offset: number }
  'fetch-dingtalk-contact': { value: string; run: string }
  'list-dingtalk-customers': { run: string; operator: string; kind: 'person' | 'company'; cursor: string | null; page: number }
  /** One department of DingTalk's directory, then those below it. `leaders`: userids of those above, nearest first. */
  'list-dingtalk-department': { run: string; department: number; name: string; leaders: string[] }
  /** Events that DingTalk could not deliver over HTTP; `slot` names the look. */
  'fetch-missed-events': { slot: string; page: number }
  /** The code travels sealed. */
  'send-code': { codeId: string; sealed: string }
  'confirm-left': { personId: string; attempt: number }
  'fetch-unassigned': { day: string }
  /** ISO days in Shanghai, both ends included; at most 30. */
  'fetch-behaviour': { personId: string; from: string; to: string }
  'set-badge': { personId: string }
  /** What waits for somebody, in DingTalk's list of things to do. */
  'set-todo': { todoId: string }
  'fetch-media': { mediaId: string }
  'check-consent': { contactId: string; personId: string }
  /** One page of 公费电话 records, ISO times; the next page is a row of its own. */
  'fetch-dial-records': { from: string; until: string; offset: number }
  /** PDFs of a quote that was sent, and of its acceptance: domain/quote/ask-pdf.ts. */
  'render-quote-pdf': { versionId: string }
  'render-accepted-pdf': { answerId: string }
}
export type EffectKind = keyof Effects

export type Intent<K extends EffectKind> = {
  kind: K
  /** Asking twice under one key is asking once. */
  key: string
  /** Rows of one lane leave in order; a recipient is a lane. */
  lane: string
  payload: Effects[K]
  /** Business time; default: now. */
  notBefore?: Date
  expiresAt?: Date
  priority?: number
  /** Default: the work's own. */
  trace?: string
}

/** The only way to cause something outside: an outbox row in the transaction that wants it. */
export const later = <K extends EffectKind>(work: Work, intent: Intent<K>): Promise<void> => laterAll(work, [intent])

/** The same for many, in one statement however many they are. Returns when the rows stand; asked twice is asked once. */
export async function laterAll<K extends EffectKind>(work: Work, intents: Intent<K>[]): Promise<void> {
  const column = <T>(of: (intent: Intent<K>) => T) => intents.map(of)
  // ON CONFLICT DO NOTHING: a caught unique violation would poison the transaction.
  await insertRows<bigint>(work.tx, 'outbox', {
    kind: { type: 'text', of: column(({ kind }) => kind) },
    key: { type: 'text', of: column(({ key }) => key) },
    lane: { type: 'text', of: column(({ lane }) => lane) },
    payload: { type: 'jsonb', of: column(({ payload }) => payload) },
    trace: { type: 'text', of: column(({ trace }) => trace ?? work.trace) },
    priority: { type: 'int', of: column(({ priority }) => priority ?? 0) },
    not_before: { type: 'timestamptz', of: column(({ notBefore }) => notBefore ?? work.now) },
    expires_at: { type: 'timestamptz', of: column(({ expiresAt }) => expiresAt ?? null) },
  })
  for (const { notBefore } of intents) work.due.push(notBefore ?? work.now)
}

/**
 * Takes rows back that have not been called yet and returns how many. Rows that a worker holds are left alone: what is
 * already on its way can't be recalled, and the caller must say so.
 */
export async function withdraw(work: Work, keys: string[], reason: string): Promise<number> {
  const { count } = await work.tx.outbox.updateMany({
    where: { key: { in: keys }, state: 'open', calledAt: null },
    data: { state: 'withdrawn', reason, doneAt: work.now },
  })
  return count
}

/** Takes a withdrawal back: what was never called leaves after all, from `notBefore` on. */
export async function restore(work: Work, keys: string[], notBefore: Date): Promise<void> {
  const { count } = await work.tx.outbox.updateMany({
    where: { key: { in: keys }, state: 'withdrawn' },
    data: { state: 'open', reason: null, doneAt: null, notBefore },
  })
  if (count > 0) work.due.push(notBefore)
}

export const laneOf = (personId: string) => `person:${personId}`
