import { isIsoDay, shanghaiDay } from '../../lib/format/dates.js'
import { normalPhone } from '../../lib/format/phone.js'

/** All numbers of a cell, each as it is dialled, and whether there was one that is none. */
export function readPhones(text: string): { phones: string[]; wrong: boolean } {
  if (!text || isNothing(text)) return { phones: [], wrong: false }
  const whole = normalPhone(text)
  if (whole) return { phones: [whole], wrong: false }
  const parts = text
    .normalize('NFKC')
    .split(/[/\\、;,|\n]|\s{2,}|(?<=\d{7})\s+(?=[+\d(])/)
    .map((part) => part.replace(/^[^\d+(]+/, '').trim())
    .filter(Boolean)
  const read = parts.map((part) => normalPhone(part))
  const phones = [...new Set(read.filter((phone) => phone !== null))]
  return { phones, wrong: phones.length === 0 || read.includes(null) }
}

/** A, B or C, also 「A级」「b类客户」; null: something else. */
export const readTier = (text: string): string | null =>
  /^([abc])(?:级|类|档|等)?(?:客户)?$/i.exec(text.normalize('NFKC').trim())?.[1]?.toUpperCase() ?? null

/** ISO day of a date as people and Excel write it; null: it is none. A serial number is what a date becomes in a CSV. */
export function readDay(text: string): string | null {
  const plain = text.normalize('NFKC').trim()
  const [, y, m, d] =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT].*)?$/.exec(plain) ??
    /^(20\d{2})(\d{2})(\d{2})$/.exec(plain) ??
    []
  if (y && m && d) {
    const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
    // Date.parse takes 31 February for March: what comes back must be the same.
    return isIsoDay(day) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? day : null
  }
  if (/^[3-6]\d{4}$/.test(plain)) return shanghaiDay(Date.UTC(1899, 11, 30) + Number(plain) * 86_400_000)
  return null
}

/** 分, exact; null: it is no sum. 「1.2万」「￥12,300.50」「-」. At most a thousand 亿. */
export function readMoney(text: string): bigint | null {
  const plain = text.normalize('NFKC').replace(/[\s,¥$元]|rmb|cny/gi, '')
  const [, sign = '', whole, part = '', unit = ''] = /^([-+]?)(\d{1,13})(?:\.(\d+))?(万|千|亿)?$/.exec(plain) ?? []
  if (whole === undefined) return null
  const power = { '': 2, 千: 5, 万: 6, 亿: 10 }[unit] ?? 2
  const digits = part.padEnd(power + 1, '0')
  // Half a 分 rounds up, as in every sum of ours.
  const fen = BigInt(whole + digits.slice(0, power)) + (Number(digits[power]) >= 5 ? 1n : 0n)
  if (fen > 10_000_000_000_000n) return null
  return sign === '-' ? -fen : fen
}

/** What people write where there is nothing. */
export const isNothing = (text: string) => /^(?:[-—–/\\.]+|无|没有|暂无|空|未知|n\/?a|null)$/i.test(text.normalize('NFKC').trim())
