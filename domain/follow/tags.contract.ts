import * as z from 'zod/mini'

/** 客户标签. `id` is null for what can't be taken off here: the rep's own, and those of a rule. */
export const tagView = z.object({ id: z.nullable(z.string()), name: z.string() })
export type TagView = z.infer<typeof tagView>

/** What stands on one rep's customer, what is on its way included; `groups`: all that the company has, in its order. */
export const contactTags = z.object({
  tags: z.array(tagView),
  groups: z.array(z.object({ name: z.string(), tags: z.array(z.object({ id: z.string(), name: z.string() })) })),
  /** Something is on its way to the platform. */
  moving: z.boolean(),
  /** Why the change that was asked about came to nothing. */
  why: z.nullable(z.string()),
})
export type ContactTags = z.infer<typeof contactTags>

/** Null: not a customer of this rep's on the platform. */
export const contactTagsAnswer = z.object({ tags: z.nullable(contactTags) })

const ids = z.array(z.string().check(z.minLength(1), z.maxLength(64))).check(z.maxLength(20))
export const tagsInput = z.object({ requestId: z.uuid(), add: ids, remove: ids })
export const tagsQuery = z.object({ last: z.optional(z.uuid()) })
