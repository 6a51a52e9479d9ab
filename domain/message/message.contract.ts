import * as z from 'zod/mini'

/** 变更类型: the three that the sales floor asked for by name, and what else a customer may change. */
export const changeType = z.enum(['功能增减', '交付时间调整', '预算范围变动', '其他', '撤回'])
export type ChangeType = z.infer<typeof changeType>

/** One value that a message sets. `before` is what the deal says now, `after` what the customer says. Both as a person reads them: 「200 套」「2026-12-04」「8.5 万」. */
export const slot = z.object({
  field: z.enum(['quantity', 'delivery', 'price', 'budget', 'terms', 'item', 'spec', 'other']),
  item: z.nullable(z.string()),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
})
export type Slot = z.infer<typeof slot>

/** A stretch of a message that says why it was taken for a change: [from, to) in UTF-16 units. */
export const evidenceSpan = z.object({ from: z.int(), to: z.int(), field: z.string() })
export type EvidenceSpan = z.infer<typeof evidenceSpan>

/** An order repeated or a new need: no change, since nothing that was promised is touched. Its terms as far as they were said. */
export const need = z.object({ slots: z.array(slot), spans: z.array(evidenceSpan) })
export type Need = z.infer<typeof need>

export const finding = z.object({
  change: z.boolean(),
  score: z.number(),
  types: z.array(changeType),
  slots: z.array(slot),
  spans: z.array(evidenceSpan),
  /** Absent where the message was heard before needs were read. */
  need: z.optional(z.nullable(need)),
})
export type Finding = z.infer<typeof finding>

/** Where a message reached us from; the page says so. */
export const messageSource = z.enum(['archive', 'paste', 'app', 'sidebar'])
export type MessageSource = z.infer<typeof messageSource>

export const messageView = z.object({
  id: z.string(),
  speaker: z.enum(['customer', 'rep']),
  name: z.string(),
  text: z.string(),
  saidAt: z.string(),
  source: messageSource,
  /** Taken back by its sender on the platform. */
  revoked: z.boolean(),
  finding: z.nullable(finding),
  /** 是变更 / 不是变更, as one of ours has said. */
  label: z.nullable(z.boolean()),
})

export type MessageView = z.infer<typeof messageView>

/** What a rep pastes: one bare sentence, or a copied run of messages with names and times. */
export const pasteInput = z.object({
  requestId: z.uuid(),
  contactId: z.uuid(),
  /** Pasted beside this customer group: each name is one of those who sit in it. */
  groupId: z.optional(z.uuid()),
  text: z.string().check(z.minLength(1), z.maxLength(8000)),
  /** Asked only when the text itself does not tell. */
  speaker: z.optional(z.enum(['customer', 'rep'])),
  /** Which of the names that nobody knew are the customer's side; the others are ours. */
  customerNames: z.optional(z.array(z.string().check(z.maxLength(60))).check(z.maxLength(20))),
})
export type PasteInput = z.infer<typeof pasteInput>

export const labelInput = z.object({ requestId: z.uuid(), change: z.boolean() })
export type LabelInput = z.infer<typeof labelInput>

/** 记为新需求. */
export const needInput = z.object({ requestId: z.uuid() })

export const pasteResult = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), messageIds: z.array(z.string()), already: z.int() }),
  /** Names were found, but not which of them is the customer: the page asks once. */
  z.object({
    kind: z.literal('who-spoke'),
    names: z.array(z.string()),
    /** In a group, words without a name: exactly one of these said them. */
    one: z.optional(z.boolean()),
  }),
])
export type PasteResult = z.infer<typeof pasteResult>
