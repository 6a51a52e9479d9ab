import * as z from 'zod/mini'

/** A quiet line of a customer's story. `what`: said, escalated, or the name of an act. */
export const remindedEntry = z.object({
  id: z.string(),
  reminderId: z.string(),
  at: z.string(),
  what: z.string(),
  /** Who was told, or who did it. */
  people: z.array(z.string()),
  to: z.nullable(z.string()),
  title: z.string(),
})
export type RemindedEntry = z.infer<typeof remindedEntry>
