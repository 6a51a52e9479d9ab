import * as z from 'zod/mini'

export const LONGEST_TASK = 200

/** 提醒我: what, and at which moment. */
export const taskInput = z.object({
  requestId: z.uuid(),
  contactId: z.nullable(z.uuid()),
  /** Beside a customer group, instead of a contact: who of them spoke last may be a stranger. */
  groupId: z.optional(z.uuid()),
  text: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_TASK)),
  at: z.iso.datetime(),
})
export type TaskInput = z.infer<typeof taskInput>

export const taskView = z.object({
  id: z.string(),
  text: z.string(),
  at: z.string(),
  /** When it will really be said: a chosen moment in the quiet hours waits for their end. */
  sayAt: z.string(),
  done: z.boolean(),
})
export type TaskView = z.infer<typeof taskView>

/** Moments that are one tap: 「1 小时后」「今天下班前」「明早」「下周一」, as the organisation's own week has them. */
export const quickTime = z.object({ label: z.string(), at: z.string() })
export type QuickTime = z.infer<typeof quickTime>
export const quickTimes = z.object({ times: z.array(quickTime) })
