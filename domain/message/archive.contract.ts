import * as z from 'zod/mini'

/** How it stands with 会话内容存档, for an administrator. */
export const archiveStanding = z.object({
  /** Set up at all. */
  on: z.boolean(),
  /** Why it can't be read, in words; null: it can. */
  reason: z.nullable(z.string()),
  /** What is lost for good, in words, until somebody has taken note of it. */
  gap: z.nullable(z.string()),
  pulledAt: z.nullable(z.string()),
  /** publickey_ver of the private keys that we have. */
  keys: z.array(z.string()),
  /** Of pairs of a rep and a contact. */
  consent: z.object({ agreed: z.int(), refused: z.int(), unknown: z.int() }),
})
export type ArchiveStanding = z.infer<typeof archiveStanding>

/** `gap`: the words that were on the screen; another gap since then is not cleared unseen. */
export const clearGapInput = z.object({ requestId: z.uuid(), gap: z.string().check(z.minLength(1), z.maxLength(1000)) })
