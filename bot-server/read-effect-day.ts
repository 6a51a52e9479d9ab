import { z } from 'zod'
import { formatDayShort } from '../lib/format/dates.js'

const told = z.object({ EffectTime: z.coerce.number().positive() })

/** 「12月1日」: from when the platform does what it warns of (official page 90240). */
export function readEffectDay(data: Record<string, unknown>, now: Date): string {
  const { data: found } = told.safeParse(data)
  return found ? formatDayShort(new Date(found.EffectTime * 1000), now) : '几天后'
}
