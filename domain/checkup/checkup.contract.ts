import * as z from 'zod/mini'

/** What nobody typed for: findings about customers and contacts, as the platform's data show them. */
export const checkupItem = z.enum(['one-rep', 'no-company', 'no-phone', 'two-reps', 'no-tag'])
export type CheckupItem = z.infer<typeof checkupItem>

export const repBehaviour = z.object({
  id: z.string(),
  name: z.string(),
  chats: z.int(),
  /** Mean of the days, weighed by their chats; null: the platform had nothing to divide. */
  replyPercent: z.nullable(z.number()),
  firstReplyMinutes: z.nullable(z.number()),
  lost: z.int(),
  added: z.int(),
  /** ISO days that we know of, both included; null: none. */
  known: z.nullable(z.object({ from: z.string(), to: z.string() })),
  /** Why the platform would not say at the last time. */
  why: z.nullable(z.string()),
})
export type RepBehaviour = z.infer<typeof repBehaviour>

export const checkup = z.object({
  /** WeCom contacts whom somebody in scope has, and customers with one of them. */
  contacts: z.int(),
  customers: z.int(),
  items: z.array(z.object({ item: checkupItem, count: z.int(), of: z.int() })),
  /** Nobody has tagged anybody, or tags were never read: 从没打标签 says nothing then. */
  tagsUnknown: z.boolean(),
  behaviour: z.object({ from: z.string(), to: z.string(), reps: z.array(repBehaviour) }),
})
export type Checkup = z.infer<typeof checkup>

export const checkupNames = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      /** The chat to open. */
      contactId: z.nullable(z.string()),
      name: z.string(),
      /** Their company; of a customer, how many contacts. */
      words: z.string(),
      reps: z.array(z.string()),
    }),
  ),
  next: z.nullable(z.string()),
})
export type CheckupNames = z.infer<typeof checkupNames>

export const behaviourDays = z.union([z.literal(30), z.literal(180)])
export const checkupQuery = z.object({ days: z._default(z.string().check(z.regex(/^(30|180)$/)), '30') })
export const checkupNamesQuery = z.object({
  item: z.enum(['one-rep', 'no-company', 'no-phone', 'two-reps', 'no-tag', 'lost']),
  days: z._default(z.string().check(z.regex(/^(30|180)$/)), '30'),
  rep: z.optional(z.uuid()),
  after: z.optional(z.uuid()),
})
export type CheckupAsked = Omit<z.infer<typeof checkupNamesQuery>, 'days'> & { days: number }
