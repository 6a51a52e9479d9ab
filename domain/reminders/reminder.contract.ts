import * as z from 'zod/mini'
import { route, wayName } from './ladder.contract.js'

/** What a person may do about a reminder; each is a file in bot-server/actions. */
export const reminderAction = z.enum([
  'follow-up',
  'say-handled',
  'in-an-hour',
  'tomorrow-morning',
  'hand-over',
  'take-over',
  'push-back',
  'accept-handled',
])
export type ReminderAction = z.infer<typeof reminderAction>

/** `needs`: a note that must be there, a word that may be, a colleague, or nothing but the tap. */
export const offeredAct = z.object({
  action: reminderAction,
  label: z.string(),
  needs: z.enum(['nothing', 'note', 'word', 'person']),
})
export type OfferedAct = z.infer<typeof offeredAct>

const person = z.object({ id: z.string(), name: z.string() })

/** One level that is still to be said, as it stands now. */
export const nextStep = z.object({
  level: z.int(),
  at: z.string(),
  people: z.array(person),
  route,
  /** Why it comes later than the ladder says: quiet, follow-up, later, claimed. */
  why: z.nullable(z.string()),
  /** 试运行: it will only be noted. */
  noted: z.boolean(),
})
export type NextStep = z.infer<typeof nextStep>

export const reminderRow = z.object({
  id: z.string(),
  kind: z.string(),
  /** What the kind is called: 「需求变更待答复」. */
  label: z.string(),
  title: z.string(),
  customer: z.nullable(z.string()),
  holder: person,
  /** In the words of the kind, once its subject is settled. */
  done: z.nullable(z.string()),
  settledAt: z.nullable(z.string()),
  since: z.string(),
  /** The moment that it counts back from, where it has one. */
  target: z.nullable(z.string()),
  /** Something was said of it, or is held back: it is no longer only to come. */
  began: z.boolean(),
  /** 我来跟进 was the last word on it. */
  followedBy: z.nullable(z.string()),
  /** 已处理, and a manager has not spoken yet. */
  claimedBy: z.nullable(z.string()),
  next: z.array(nextStep),
  acts: z.array(offeredAct),
  page: z.nullable(z.object({ path: z.string(), label: z.string() })),
  /** A note to self can be ticked off, and the tick taken back. */
  taskId: z.nullable(z.string()),
})
export type ReminderRow = z.infer<typeof reminderRow>

/** 我的 · 团队 · 试运行 · 已了结. */
export const reminderShow = z.enum(['mine', 'team', 'trial', 'settled'])
export type ReminderShow = z.infer<typeof reminderShow>

export const reminderList = z.object({
  me: z.string(),
  rows: z.array(reminderRow),
  /** Give it back for the rows that follow; null: that was all. */
  next: z.nullable(z.string()),
  /** The lists that this person has. */
  shows: z.array(reminderShow),
  /** May change how people are reminded. */
  maySet: z.boolean(),
})
export type ReminderList = z.infer<typeof reminderList>

/** One channel's try, and what it proves. `seenAt`: active on that channel afterwards, which is all that WeCom ever shows. */
export const way = z.object({
  channel: wayName,
  state: z.enum(['queued', 'submitted', 'delivered', 'failed', 'unknown', 'off', 'dropped']),
  reason: z.nullable(z.string()),
  at: z.nullable(z.string()),
  seenAt: z.nullable(z.string()),
})
export type Way = z.infer<typeof way>

const told = z.object({
  person,
  state: z.enum(['waiting', 'said', 'would', 'withdrawn']),
  /** cap, merge, trial, settled, left. */
  why: z.nullable(z.string()),
  at: z.string(),
  ways: z.array(way),
})
export type Told = z.infer<typeof told>

/** What happened, oldest first. `level` -1 is the card that opened the matter. */
export const ladderEntry = z.discriminatedUnion('what', [
  z.object({ what: z.literal('said'), at: z.string(), level: z.int(), round: z.int(), people: z.array(told) }),
  z.object({
    what: z.literal('act'),
    at: z.string(),
    id: z.string(),
    act: z.string(),
    by: person,
    to: z.nullable(person),
    note: z.nullable(z.string()),
  }),
])
export type LadderEntry = z.infer<typeof ladderEntry>

/** One reminder, whole. */
export const ladderView = z.object({
  me: z.string(),
  row: reminderRow,
  quote: z.nullable(z.object({ title: z.string(), text: z.string() })),
  fields: z.array(z.object({ label: z.string(), value: z.string() })),
  /** What was said by 已处理 and waits for a manager's word. */
  claim: z.nullable(z.string()),
  entries: z.array(ladderEntry),
  settledBy: z.nullable(z.string()),
})
export type LadderView = z.infer<typeof ladderView>

export const actInput = z.object({
  requestId: z.uuid(),
  note: z.nullable(z.string().check(z.maxLength(500))),
  toId: z.optional(z.nullable(z.uuid())),
})
export type ActInput = z.infer<typeof actInput>

export const badge = z.object({ me: z.string(), waiting: z.int() })
