import { MOST_PUT_OFF } from '../card/kinds/reminder.js'
import type { OfferedAct } from './reminder.contract.js'

type Standing = {
  open: boolean
  claimed: boolean
  /** Who looks: holds it, was told of it, stands above its holder. */
  holds: boolean
  told: boolean
  above: boolean
  /** Their own word closes it. */
  ticks: boolean
  /** Something else ends it: 已处理 doesn't. */
  endsElsewhere: boolean
  putOff: number
  /** 我来跟进 was said for the level that was said last. */
  followed: boolean
}

const act = (action: OfferedAct['action'], label: string, needs: OfferedAct['needs'] = 'nothing'): OfferedAct => ({
  action,
  label,
  needs,
})

/** What this person may do about it now; the first is what they most likely want. The acts themselves check again. */
export function listActs(standing: Standing): OfferedAct[] {
  const { open, claimed, holds, told, above, ticks, endsElsewhere, putOff, followed } = standing
  if (!open) return []
  const handOver = act('hand-over', '转给…', 'person')
  if (claimed) return above ? [act('accept-handled', '认可'), act('push-back', '退回去跟', 'word')] : []
  if (above && !holds) return [act('take-over', '我来接手'), act('push-back', '退回去跟', 'word'), handOver]
  if (!holds && !told) return []
  const later = putOff < MOST_PUT_OFF ? [act('in-an-hour', '1小时后'), act('tomorrow-morning', '明早再说')] : []
  if (ticks) return [act('say-handled', '办完了'), ...later, handOver]
  const handled = endsElsewhere ? [] : [act('say-handled', '已处理', 'note')]
  return [...(followed ? [] : [act('follow-up', '我来跟进')]), ...handled, ...later, handOver]
}
