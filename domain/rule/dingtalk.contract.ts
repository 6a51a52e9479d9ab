import * as z from 'zod/mini'

export const dingtalkSetting = z.object({
  todos: z.enum(['off', 'own', 'all']),
  ding: z.enum(['off', 'app', 'sms', 'call']),
})
export type DingtalkSetting = z.infer<typeof dingtalkSetting>

export const defaultDingtalk: DingtalkSetting = { todos: 'own', ding: 'app' }
