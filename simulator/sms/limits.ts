import { shanghaiDay } from '../../lib/format/dates.js'
import type { Deps } from '../deps.js'
import type { Sms } from '../state/sms.js'

export type Limit = { name: 'seconds' | 'hour' | 'day'; most: number }

/**
 * How often one number is sent one template, counted in business time: a pushed clock is a day that passed, for the
 * operator's day too. Both operators let this be changed in their console; these are the tight settings that they start
 * with for codes. The day is Shanghai's.
 */
export function limitReached(deps: Deps, mobile: string, template: string, seconds: number): Limit | null {
  const now = deps.clock.business()
  const mine = (deps.store.state.sms.byMobile.get(mobile) ?? []).filter((s) => s.template === template)
  const count = (counts: (one: Sms) => boolean) => mine.filter(counts).length
  if (count((s) => s.at > now - seconds * 1_000) >= 1) return { name: 'seconds', most: 1 }
  if (count((s) => s.at > now - 3_600_000) >= 5) return { name: 'hour', most: 5 }
  const today = shanghaiDay(now)
  if (count((s) => shanghaiDay(s.at) === today) >= 10) return { name: 'day', most: 10 }
  return null
}
