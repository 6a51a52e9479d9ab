import * as z from 'zod/mini'

/** Why two contacts may be one: the same number, or the same name at the same company. A person judges. */
export const likeness = z.enum(['phone', 'same-company'])
export type Likeness = z.infer<typeof likeness>

/** One of the two, as the page shows it. */
export const mergeSide = z.object({
  contactId: z.string(),
  name: z.string(),
  company: z.nullable(z.string()),
  customer: z.nullable(z.object({ id: z.string(), name: z.string() })),
  /** Of ours, who know them. */
  reps: z.array(z.string()),
  lastAt: z.nullable(z.string()),
  /** 分: of the 商机 with them. */
  amountFen: z.int(),
})
export type MergeSide = z.infer<typeof mergeSide>

/** 可能是同一个人: offered beside a contact. */
export const sameContacts = z.object({
  rows: z.array(z.extend(mergeSide, { why: z.array(likeness) })),
  /** The last merge of this contact that can still be taken back. */
  merged: z.nullable(z.object({ mergeId: z.string(), name: z.string(), at: z.string(), by: z.nullable(z.string()) })),
})
export type SameContacts = z.infer<typeof sameContacts>

/** Two that may be one; of two who were told apart `why` is empty. */
export const duplicates = z.object({ id: z.string(), a: mergeSide, b: mergeSide, why: z.array(likeness) })
export type Duplicates = z.infer<typeof duplicates>
export const duplicateList = z.object({ me: z.string(), rows: z.array(duplicates), next: z.nullable(z.string()) })
export type DuplicateList = z.infer<typeof duplicateList>

/** What goes over, in the words of the page: 「消息 12」. */
export const mergePreview = z.object({
  winner: mergeSide,
  loser: mergeSide,
  /** What decided: the person, the larger deals, an account over a mere number, the newer interaction, the older row. */
  decidedBy: z.enum(['chosen', 'amount', 'known', 'last', 'older']),
  moves: z.array(z.object({ what: z.string(), count: z.int() })),
  /** The loser's company, where the two differ: it is not carried over. */
  leaves: z.nullable(z.string()),
})
export type MergePreview = z.infer<typeof mergePreview>

export const mergeDone = z.object({ mergeId: z.string(), contactId: z.string() })
export type MergeDone = z.infer<typeof mergeDone>

/** `a` and `b` in any order; `winner` where the person chose one of them. */
export const mergeInput = z.object({ requestId: z.uuid(), a: z.uuid(), b: z.uuid(), winner: z.nullable(z.uuid()) })
export const apartInput = z.object({ requestId: z.uuid(), a: z.uuid(), b: z.uuid() })
export const undoMergeInput = z.object({ requestId: z.uuid() })
