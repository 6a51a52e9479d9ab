import type { MessageView } from '../../../../domain/message/message.contract.js'
import { slotLabel, slotValue } from '../../../../lib/format/slots.js'

const LONGEST = 40
/** Nothing to be reminded of. */
const SMALL_TALK = /^(好的?|收到|嗯+|行|可以|ok|谢谢.*|多谢.*|辛苦了?|在吗|你好|您好|早|没事|不客气|\[.*\])[，。！!~～\s]*$/i

/** What the customer said last, short enough to be a note: what was found in it, else a short line of it; empty when neither. */
export function gistOf(messages: MessageView[], now: number): string {
  const last = messages.filter((one) => one.speaker === 'customer' && !one.revoked).at(-1)
  if (!last) return ''
  const found = last.finding?.change && last.label !== false ? last.finding.slots : []
  const words = found.flatMap(({ field, item, after }) =>
    after === null ? [] : [`${item && field !== 'item' ? item : ''}${slotLabel(field)}${slotValue(field, after, new Date(now))}`],
  )
  if (words.length > 0) return `答复：${words.join('，')}`.slice(0, LONGEST * 2)
  const text = last.text.replace(/\s+/g, ' ').trim()
  return text.length <= LONGEST && !SMALL_TALK.test(text) ? text : ''
}
