import { slotValue } from '../../lib/format/slots.js'
import type { Slot } from '../message/message.contract.js'
import type { Verdict } from './requirement.contract.js'

type Answered = { verdict: Verdict | null; note: string | null }

/**
 * What the rep may send once colleagues have said whether it can be done: 「300 套没问题，11月27日能到。」 Null while a
 * confirmation is still open, unless one already says no. The rep looks at it before anything goes out.
 */
export function draftReply(slots: Slot[], confirmations: Answered[], now: Date): string | null {
  const phrases = slots.map((slot) => phrase(slot, now)).filter((words) => words !== null)
  const wanted = phrases.map((one) => one.wish).join('、')
  const no = confirmations.find((one) => one.verdict === 'cannot')
  if (no)
    return `${wanted || '您说的调整'}这次做不了${no.note ? `，${trim(no.note)}` : ''}。我们一起想想别的办法，您方便的时候我给您打个电话？`
  if (confirmations.length === 0 || confirmations.some((one) => one.verdict === null)) return null
  const conditions = confirmations.flatMap((one) => (one.verdict === 'conditional' && one.note ? [trim(one.note)] : []))
  if (conditions.length > 0) return `${wanted || '您说的调整'}可以安排，有一点先跟您说明：${conditions.join('；')}。您看可以吗？`
  if (phrases.length === 0) return '您说的调整没问题，我这边已经安排了。'
  return `${phrases.map((one) => one.yes).join('，')}。`
}

const trim = (text: string) => text.trim().replace(/[。．.!！；;，,\s]+$/u, '')

/** One value as it is wished for, and as it is promised. Null: nothing that one would say back to the customer. */
function phrase(slot: Slot, now: Date): { wish: string; yes: string } | null {
  const before = slot.before === null ? null : slotValue(slot.field, slot.before, now)
  const dropped = slot.field === 'item' ? before : slot.item
  if (slot.after === null) return dropped ? both(`不要${dropped}`, `${dropped}不要了，没问题`) : null
  const value = slotValue(slot.field, slot.after, now)
  const of = slot.item ? `${slot.item} ` : ''
  switch (slot.field) {
    case 'quantity':
      return both(`${of}${value}`, `${of}${value}没问题`)
    case 'delivery':
      return both(`${of}${value}到货`, `${of}${value}能到`)
    case 'budget':
      return both(`预算${space(value)}`, `预算${space(value)}没问题`)
    case 'price':
      return both(`${of}价格${space(value)}`, `${of}价格${space(value)}可以`)
    case 'terms':
      return both(value, `${value}可以`)
    case 'item':
      return before ? both(`${before}换成${value}`, `${before}换成${value}没问题`) : both(`加${value}`, `加${value}没问题`)
    case 'spec':
      return both(`${of}规格换成${value}`, `${of}规格换成${value}没问题`)
    default:
      return both(value, `${value}，没问题`)
  }
}

const both = (wish: string, yes: string) => ({ wish, yes })
/** Between Chinese and a figure there is a space, as everywhere in the product. */
const space = (value: string) => (/^\d/.test(value) ? ` ${value}` : value)
