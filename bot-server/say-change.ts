import { beforeAfter } from '../domain/card/kinds/ask-facts.js'
import type { Slot } from '../domain/message/message.contract.js'
import { formatDuration } from '../lib/format/dates.js'
import { slotLabel } from '../lib/format/slots.js'

/** 「数量 200 套 → 300 套，交期 → 11月27日」; where no value was written down, which kind of change it was. */
export function sayChange({ slots, types }: { slots: Slot[]; types: string[] }, now: Date): string {
  const values = slots.map((slot) => `${slotLabel(slot.field)} ${beforeAfter(slot, now)}`).join('，')
  if (types.length > 0) return values || types.join('、')
  return values ? `新需求：${values}` : '新需求'
}

type Waiting = { name: string; askedAt: Date | null }

/** 「等赵强、孙悦（已等 2 小时）」: since the first of them was asked. */
export function sayWaiting(waiting: Waiting[], now: Date): string {
  const names = [...new Set(waiting.map((one) => one.name))].join('、')
  const since = Math.min(...waiting.map((one) => one.askedAt?.getTime() ?? now.getTime()))
  return `等${names}${now.getTime() - since < 60_000 ? '（刚问）' : `（已等 ${formatDuration(now.getTime() - since)}）`}`
}
