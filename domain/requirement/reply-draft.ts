import { slotValue } from '../../lib/format/slots.js'
import type { Slot } from '../message/message.contract.js'
import type { Verdict } from './requirement.contract.js'

type Answered = { verdict: Verdict | null; note: string | null }

/**
 * What the rep may send once colleagues have said whether it can be done: 「300 套没问题，11月27日能到」. Null while a
 * confirmation is still open, unless one already says no. The rep looks at it before anything goes out.
 */
export function draftReply(slots: Slot[], confirmations: Answered[], now: Date): string | null {
  const cannot = confirmations.find((one) => one.verdict === 'cannot')
  const subject = slots.map((slot) => phrase(slot, now)).filter((words) => words !== null)
  if (cannot)
    return `${subject.length > 0 ? `${subject.map((s) => s.bare).join('、')}这次做不了` : '这个调整这次做不了'}${because(cannot.note)}。您看这样行不行，我们再商量个办法？`
  if (confirmations.length === 0 || confirmations.some((one) => one.verdict === null)) return null
  const conditions = confirmations.flatMap((one) => (one.verdict === 'conditional' && one.note ? [one.note] : []))
  if (conditions.length > 0)
    return `${subject.length > 0 ? subject.map((s) => s.bare).join('、') : '您说的调整'}可以安排，有一点先跟您说明：${trim(conditions.join('；'))}。您看可以吗？`
  if (subject.length === 0) return '您说的调整没问题，已经安排下去了。'
  return `${subject.map((s) => s.yes).join('，')}。`
}

const because = (note: string | null) => (note ? `，${trim(note)}` : '')
const trim = (text: string) => text.trim().replace(/[。．.!！；;，,\s]+$/u, '')

function phrase(slot: Slot, now: Date): { bare: string; yes: string } | null {
  if (slot.after === null)
    return slot.field === 'item' && slot.before ? { bare: `去掉${slot.before}`, yes: `去掉${slot.before}没问题` } : null
  const value = slotValue(slot.field, slot.after, now)
  switch (slot.field) {
    case 'quantity':
      return { bare: `${slot.item ?? ''}${value}`, yes: `${slot.item ?? ''}${value}没问题` }
    case 'delivery':
      return { bare: `${value}交货`, yes: `${value}能到` }
    case 'budget':
      return { bare: `预算${value}`, yes: `预算${value}可以做` }
    case 'price':
      return { bare: `价格${value}`, yes: `价格${value}可以` }
    case 'terms':
      return { bare: `账期${value}`, yes: `账期${value}可以` }
    default:
      return { bare: value, yes: `${value}没问题` }
  }
}
