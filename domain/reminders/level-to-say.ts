import type { Ladder, Level } from './ladder.contract.js'

/** Told because somebody below them did nothing. */
export const isAbove = ({ to }: Pick<Level, 'to'>): boolean => to.every((name) => name === 'lead' || name === 'manager')

/**
 * Which of the levels whose time has come together is said: the last. While nobody was told anything (`unheard`), the last that
 * tells who has to act: after an outage of days no manager hears of what their rep could not know.
 */
export function levelToSay({ levels }: Ladder, missed: number[], unheard: boolean): number {
  const last = missed.at(-1) ?? 0
  const own = missed.findLast((one) => levels[one] && !isAbove(levels[one]))
  return unheard && levels[last] && isAbove(levels[last]) ? (own ?? last) : last
}
