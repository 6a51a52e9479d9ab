/**
 * A Chinese number as it is dialled at home, so that the same phone written differently is the same text: +86, 0086, blanks,
 * dashes, full-width digits and an extension behind it are taken off. A landline keeps its area code. Null: no such number.
 */
export function normalPhone(text: string): string | null {
  const [before = ''] = text.normalize('NFKC').split(/转|分机|ext|#|,|，/i)
  // 「021-66668888-801」: the last of three groups is an extension.
  const plain = before.trim().replace(/^(\(?0\d{2,3}\)?[-–—\s]\d{7,8})[-–—]\d{1,6}$/, '$1')
  const digits = plain
    .replace(/[\s\u200b\u202a-\u202e()\-–—.·]/g, '')
    .replace(/^(\+|00)86/, '')
    .replace(/^86(?=1[3-9]\d{9}$)/, '')
  // Phone systems put the long-distance zero before a mobile of another city.
  const own = digits.replace(/^0(?=1[3-9]\d{9}$)/, '')
  if (/^1[3-9]\d{9}$/.test(own)) return own
  // Area code (three or four digits with its 0) and number; 400/800 numbers; another country's with its +.
  if (landline.test(own) || /^[48]00\d{7}$/.test(own)) return own
  // After +86 the area code loses its 0.
  if (/^(\+|00)86/.test(plain) && landline.test(`0${own}`)) return `0${own}`
  return /^\+[1-9]\d{6,14}$/.test(own) ? own : null
}

const landline = /^0(?:10|2\d)\d{8}$|^0[3-9]\d{2}\d{7,8}$/

/** 「138****5678」: enough to know it again, too little to call. */
export function maskPhone(phone: string): string {
  if (phone.length < 8) return '*'.repeat(phone.length)
  return `${phone.slice(0, 3)}****${phone.slice(-4)}`
}
