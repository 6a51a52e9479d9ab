import { GiveUp } from '../../lib/errors.js'

/** One member: separators would make it several, or another space of a card's address. */
export function recipient(to: string): string {
  if (to === '' || /[;,/\s]/.test(to)) throw new GiveUp('DingTalk: not the userid of one member')
  return to
}
