import * as z from 'zod/mini'

const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, '写成 08:15 这样'))
const span = z.object({ from: clock, to: clock })

/** 安静规则. When reminders keep quiet, how many a day are enough, and the organisation's own week. */
export const calm = z.object({
  /** Nothing is said in this span; it may run over midnight. */
  quiet: span,
  /** Nothing is said on days off either. */
  daysOffQuiet: z.boolean(),
  /** 五天 / 单休 / 大小周. */
  week: z.enum(['five', 'six', 'alternate']),
  /** 大小周: any day of a week with six days. */
  longWeek: z.nullable(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  workHours: span,
  /** When morning cards leave, on working days. */
  morning: clock,
  /** Cards a day besides the morning's; the rest waits for the next digest. */
  cap: z.object({ rep: z.int().check(z.minimum(1), z.maximum(50)), manager: z.int().check(z.minimum(1), z.maximum(50)) }),
  digests: z.array(clock).check(z.minLength(1), z.maxLength(6)),
  /** One customer within so many minutes is one card. 0: never merged. */
  mergeMinutes: z.int().check(z.minimum(0), z.maximum(240)),
  /** 试运行: so many days after the organisation began, managers are not told but see what would have come up. */
  trialDays: z.int().check(z.minimum(0), z.maximum(90)),
})
export type Calm = z.infer<typeof calm>

export const defaultCalm: Calm = {
  quiet: { from: '20:30', to: '08:00' },
  daysOffQuiet: true,
  week: 'five',
  longWeek: null,
  workHours: { from: '09:00', to: '18:00' },
  morning: '08:15',
  cap: { rep: 5, manager: 5 },
  digests: ['11:40', '17:40'],
  mergeMinutes: 15,
  trialDays: 14,
}
