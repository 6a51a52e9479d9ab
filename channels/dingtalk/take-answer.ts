import type * as z from 'zod'
import { brokenCall } from './errors.js'
import type { Reply } from './reply.js'

/**
 * What the platform answered to something that it was to do. A yes that does not say what it must leaves open whether it was
 * done: the effect's own rule says what then.
 */
export function takeAnswer<T>(api: string, schema: z.ZodType<T>, reply: Reply): T {
  const parsed = schema.safeParse(reply)
  if (!parsed.success) throw brokenCall(api, 'bad-answer', { unknown: true })
  return parsed.data
}
