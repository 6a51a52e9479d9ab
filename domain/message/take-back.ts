import type { Finding, Slot } from './message.contract.js'

/** Which values a clause speaks of, where it names any. */
const NAMED: [Slot['field'], RegExp][] = [
  ['quantity', /数量|套数|件数|台数|箱数/],
  ['delivery', /交期|交货|到货|发货|工期|时间|日期/],
  ['price', /单价|价格|价钱|报价/],
  ['budget', /预算|总价|总额|金额/],
  ['terms', /账期|付款|结款|月结/],
  ['spec', /规格|型号|颜色|尺寸|材质/],
]

type Heard = { text: string; finding: Finding | null }

/** 「算了，不改了」: what was said before no longer holds, and nothing is set in its place. */
export const takesBack = ({ finding }: Heard): boolean =>
  finding?.change === true && finding.types.includes('撤回') && finding.slots.length === 0

/** Whether these words take this value back: in 「数量不改了，交期照改」 only the 数量, in 「算了」 all. */
export function isTakenBack({ text, finding }: Heard, slot: Slot): boolean {
  const at = finding?.spans[0]?.from ?? 0
  const clause = text.slice(Math.max(0, text.slice(0, at).search(/[^，,。；;！!？?\n]*$/))).split(/[，,。；;！!？?\n]/)[0] ?? ''
  const named = NAMED.filter(([, words]) => words.test(clause)).map(([field]) => field)
  return named.length === 0 || named.includes(slot.field)
}

/** The way back from what was captured. A value of which nobody knows what stood before has none. */
export const wayBack = (slots: Slot[]): Slot[] =>
  slots
    .filter((slot) => slot.before !== null || slot.field === 'item')
    .map((slot) => ({ ...slot, before: slot.after, after: slot.before }))
