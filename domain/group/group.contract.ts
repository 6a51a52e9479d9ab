import * as z from 'zod/mini'

/** 客户群, as whoever may see it does. */
export const groupView = z.object({
  id: z.string(),
  chatId: z.string(),
  name: z.string(),
  customer: z.nullable(z.object({ id: z.string(), name: z.string() })),
  tiedBy: z.nullable(z.string()),
  /** Whose group it seems to be, from who sits in it; null once it is tied. `why`: 「群里 3 人是他们的」. */
  proposed: z.nullable(z.object({ customerId: z.string(), name: z.string(), why: z.string() })),
  dismissed: z.boolean(),
  members: z.array(z.object({ key: z.string(), name: z.string(), contactId: z.nullable(z.string()), ours: z.boolean() })),
})
export type GroupView = z.infer<typeof groupView>
