import { nextOn } from './due-at.js'
import type { Hop, Ladder } from './ladder.contract.js'
import { isAbove } from './level-to-say.js'

/**
 * What goes beside the card of a level to people who use DingTalk: a work notification to those above, and where that is the
 * ladder's last word a DING. Both come out of the month's quota, so nothing else has them.
 */
export function louder(ladder: Ladder, level: number): Hop[] {
  const own = ladder.levels[level]
  if (!own || !isAbove(own) || !own.route[0]?.includes('chat')) return []
  const isLast = ladder.levels[nextOn(ladder, level + 1)] === undefined
  return isLast ? ['dingtalk-notice', 'dingtalk-ding'] : ['dingtalk-notice']
}
