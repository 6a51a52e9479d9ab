import * as z from 'zod/mini'
import { finding, messageSource } from './message.contract.js'

/** What is kept with a message beside what reps see: why it was taken so. Administrators only. */
export const keptFinding = z.extend(finding, {
  /** 比价, 催货, 新单 …, each with the words that raised it. */
  signals: z.optional(z.array(z.object({ name: z.string(), words: z.string() }))),
  /** The rules' sureness, the net's (for a wish, less against it), and what kind of wish the net takes it for. */
  why: z.optional(z.object({ rules: z.number(), net: z.number(), kind: z.string() })),
})
export type KeptFinding = z.infer<typeof keptFinding>

/** 疑似 what was taken for a change; 没捕获 of those, what nobody captured or denied; 有分歧 where a person says otherwise. */
export const findingsFilter = z.enum(['all', 'suspected', 'uncaptured', 'disputed'])
export type FindingsFilter = z.infer<typeof findingsFilter>

export const findingRow = z.object({
  id: z.string(),
  text: z.string(),
  saidAt: z.string(),
  source: messageSource,
  revoked: z.boolean(),
  contact: z.string(),
  customer: z.nullable(z.string()),
  rep: z.string(),
  /** Null where nothing was understood: an empty message, or one from before. */
  finding: z.nullable(keptFinding),
  captured: z.boolean(),
  labels: z.array(z.object({ by: z.string(), change: z.boolean(), at: z.string() })),
  /** What the net weighed most for its kind of wish, as it is trained now. */
  grams: z.array(z.string()),
})
export type FindingRow = z.infer<typeof findingRow>

export const findingsPage = z.object({
  rows: z.array(findingRow),
  /** Ask with it for what is older; null at the end. */ next: z.nullable(z.string()),
})
export type FindingsPage = z.infer<typeof findingsPage>
