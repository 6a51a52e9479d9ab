import * as z from 'zod'

const number = z.string().trim().min(2).max(40)

/**
 * One call as a phone system tells it, by push or CSV. `startedAt` with a zone, or as Shanghai's clock shows it. Without a
 * `direction` whoever of the two is ours tells it. Without `answered` a call of no seconds was not taken.
 */
export const phoneCall = z.object({
  id: z.string().trim().min(1).max(128),
  caller: number,
  callee: number,
  startedAt: z
    .string()
    .transform((text, ctx) => {
      const at = readMoment(text)
      if (at) return at
      ctx.addIssue({ code: 'custom', message: '时间看不懂，要像 2026-11-22 10:30:00' })
      return z.NEVER
    })
    .pipe(z.date()),
  seconds: z
    .number()
    .int()
    .min(0)
    .max(86_400)
    .nullish()
    .transform((value) => value ?? null),
  direction: z
    .enum(['in', 'out'])
    .nullish()
    .transform((value) => value ?? null),
  answered: z
    .boolean()
    .nullish()
    .transform((value) => value ?? null),
  recordingUrl: z
    .url({ protocol: /^https?$/ })
    .max(1000)
    .nullish()
    .transform((value) => value ?? null),
})
export type PhoneCall = z.infer<typeof phoneCall>

const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/
const local = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?$/

/** Null when it is no moment. 2000 to 2099: what lies outside is a cell of another kind. */
export function readMoment(text: string): Date | null {
  const trimmed = text.trim()
  const found = zoned.test(trimmed) ? new Date(trimmed) : fromLocal(trimmed)
  const year = found?.getUTCFullYear() ?? 0
  return found && year >= 2000 && year < 2100 ? found : null
}

function fromLocal(text: string): Date | null {
  const parts = local
    .exec(text)
    ?.slice(1, 7)
    .map((part) => Number(part ?? 0))
  if (!parts) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const two = (value: number) => String(value).padStart(2, '0')
  const iso = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`
  const at = new Date(`${iso}+08:00`)
  // The 31st of February would roll over.
  return Number.isNaN(at.getTime()) || new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19) !== iso ? null : at
}

/** Whether somebody was at the other end. */
export const outcomeOf = (call: Pick<PhoneCall, 'answered' | 'seconds'>): 'connected' | 'missed' =>
  (call.answered ?? (call.seconds ?? 0) > 0) ? 'connected' : 'missed'
