import * as z from 'zod/mini'
import { opportunityView } from '../opportunity/opportunity.contract.js'

export const firstContactState = z.enum(['open', 'known', 'opportunity', 'not_customer', 'joined', 'nurturing', 'merged'])
export type FirstContactState = z.infer<typeof firstContactState>

/** `dingtalk`, `crm`: somebody of ours put them into 钉钉外部联系人, into 钉钉 CRM. */
export const touchSource = z.enum(['add', 'half-add', 'chat', 'call', 'dingtalk', 'crm'])
export type TouchSource = z.infer<typeof touchSource>

/** Whose they seem to be, and what says so. */
export const proposal = z.object({ customerId: z.string(), name: z.string(), why: z.enum(['phone', 'company', 'group']) })
export type Proposal = z.infer<typeof proposal>

/** A new contact, and what became of them. Times are ISO. */
export const firstContactView = z.object({
  id: z.string(),
  contactId: z.string(),
  name: z.string(),
  state: firstContactState,
  source: touchSource,
  /** What people call the channel that they came by. */
  channel: z.nullable(z.string()),
  at: z.string(),
  /** When an opportunity must exist, by the clock that pauses on days off; null where none runs. */
  dueAt: z.nullable(z.string()),
  rep: z.object({ id: z.string(), name: z.string() }),
  proposed: z.nullable(proposal),
  /** 先养着 until then. */
  until: z.nullable(z.string()),
  /** Whom they joined. */
  joined: z.nullable(z.object({ id: z.string(), name: z.string() })),
  opportunity: z.nullable(opportunityView),
  /** What an opportunity made with one tap is called. */
  title: z.string(),
})
export type FirstContactView = z.infer<typeof firstContactView>

/** 新客户: those that wait for a tap, the one with the least time first. */
export const firstContactList = z.object({
  me: z.string(),
  rows: z.array(firstContactView),
  /** Give it back for the rows that follow; null: that was all. */
  next: z.nullable(z.string()),
  total: z.int(),
  /** Who leads others may look at what leaked. */
  looksAtLeaks: z.boolean(),
})
export type FirstContactList = z.infer<typeof firstContactList>

/** Any act that needs nothing but the tap. */
export const tapInput = z.object({ requestId: z.uuid() })
export const joinInput = z.object({ requestId: z.uuid(), customerId: z.uuid() })
export const nurtureInput = z.object({ requestId: z.uuid(), until: z.iso.date() })
