import { z } from 'zod'
import { GiveUp } from '../../lib/errors.js'
import type { Heard, PlatformIdentity } from '../channel.js'
import type { Json } from './fields.js'

/** ms, within what a Date can be. */
export const time = z.coerce.number().positive().max(8.64e15)

const event = z.object({
  eventType: z.string().min(1),
  bornTime: time,
  data: z.record(z.string(), z.unknown()),
})

/** `body` of an inbox row of source `dingtalk`. Throws GiveUp: the row is parked with the reason. */
export function parseEvent(body: string): Heard {
  const { eventType, bornTime, data } = read(event, body, 'event')
  return { kind: 'happened', event: kebab(eventType), data, at: new Date(bornTime) }
}

const press = z.object({
  outTrackId: z.string().min(1),
  userId: z.string().min(1),
  action: z.string().min(1),
  pressedAt: time,
})

/** Source `dingtalk-card`. A card here needs no code to be changed. */
export function parsePress(body: string, corpId: string): Heard {
  const { outTrackId, userId, action, pressedAt } = read(press, body, 'press')
  return { kind: 'pressed', from: memberOf(userId, corpId), card: outTrackId, action, code: null, at: new Date(pressedAt) }
}

export function read<T>(schema: z.ZodType<T>, body: string, what: string): T {
  const parsed = schema.safeParse(JSON.parse(body) as Json)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ')
  throw new GiveUp(`DingTalk ${what} without ${fields}`)
}

export function memberOf(userId: string, corpId: string): PlatformIdentity {
  return { platform: 'dingtalk', organisation: corpId, kind: 'member', value: userId }
}

const kebab = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase()
