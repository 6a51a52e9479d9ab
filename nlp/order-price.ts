import { priceOf } from '../lib/format/amount.js'
import { readNumber } from './entities/number.js'
import { UNIT_PATTERN } from './entities/units.js'

export type FoundPrice = {
  from: number
  to: number /** 元 a unit, as a decimal of at most six places. */
  price: string
  sure: boolean
}

/** Millionths of 元 in one of each. */
const SIZE: Record<string, bigint> = {
  ...{ 块: 1_000_000n, 元: 1_000_000n, 毛: 100_000n, 角: 100_000n },
  ...{ 分: 10_000n, 厘: 1_000n },
}
const BEFORE = new RegExp(`(?:单价|价格?|按|@|¥|每\\s?${UNIT_PATTERN}|一${UNIT_PATTERN})\\s*[:是]?\\s*$`)
const AFTER = new RegExp(`^(?:钱|整)?\\s?(?:(?:[/每]|一)\\s?${UNIT_PATTERN}(?![a-z\\d]))?`)
const COUNTS = new RegExp(`^\\s?${UNIT_PATTERN}`)
/** 4分管, 十分钟: no money. */
const NO_MONEY = /^(?:管|钟|之|米)/
const DECIMAL = /\d{1,9}(?:\.\d{1,6})?(?![\d.%])/y
const MOST = 1_000_000_000n * 1_000_000n

/**
 * Prices of one unit as people say them: 3分5, 三毛五, 12块5, 0.035, 单价48, 35元/箱, 每卷120. `sure` ones carry a word or sign of
 * money; a bare number is one only where nothing else can be meant, which the caller knows. Exact: nothing goes through a float.
 */
export function readPrices(text: string): FoundPrice[] {
  const found: FoundPrice[] = []
  for (let at = 0; at < text.length; at++) {
    if (/[\da-z.*]/i.test(text.charAt(at - 1))) continue
    const one = readAt(text, at)
    if (!one) continue
    found.push(one)
    at = one.to - 1
  }
  return found
}

function readAt(text: string, at: number): FoundPrice | null {
  const before = BEFORE.exec(text.slice(Math.max(0, at - 8), at))?.[0] ?? ''
  const { micro, end, worded } = readMoney(text, at)
  if (micro === null || micro <= 0n || micro >= MOST) return null
  const after = AFTER.exec(text.slice(end))?.[0] ?? ''
  const sure = worded || before !== '' || /\S/.test(after)
  // A number before a unit counts goods, one before a word belongs to it: 7孔.
  if (!sure && !/^(?:$|[\s,，、;；。])/.test(text.slice(end))) return null
  if (!worded && !/\S/.test(after) && COUNTS.test(text.slice(end))) return null
  return { from: at - before.length, to: end + after.length, price: priceOf(micro), sure }
}

/** 3块2毛5: each number with its unit; a last digit without one is a tenth of the unit before. */
function readMoney(text: string, from: number): { micro: bigint | null; end: number; worded: boolean } {
  let [micro, end, last]: [bigint, number, bigint | null] = [0n, from, null]
  for (;;) {
    const number = readDigits(text, end)
    // 「3.5 元」
    const gap = number?.arabic && /^ [元块]/.test(text.slice(number.end)) ? 1 : 0
    const unit = (number?.end ?? 0) + gap
    const size = number ? SIZE[text.charAt(unit)] : undefined
    if (number && size !== undefined && (last === null || size < last) && !isWord(text, unit)) {
      micro += (number.units * size) / 1_000_000n
      end = unit + 1
      last = size
      continue
    }
    if (last === null)
      return number?.arabic ? { micro: number.units, end: number.end, worded: false } : { micro: null, end, worded: false }
    const tail = /^[\d一二三四五六七八九](?![\d.十百千万])/.exec(text.slice(end, end + 2))?.[0]
    if (tail && !COUNTS.test(text.slice(end + 1)))
      return { micro: micro + ((readDigits(tail, 0)?.units ?? 0n) * (last / 10n)) / 1_000_000n, end: end + 1, worded: true }
    return { micro, end, worded: true }
  }
}

const isWord = (text: string, at: number) => text.charAt(at) === '分' && NO_MONEY.test(text.slice(at + 1))

/** A number in millionths. */
function readDigits(text: string, at: number): { units: bigint; end: number; arabic: boolean } | null {
  DECIMAL.lastIndex = at
  const match = DECIMAL.exec(text)
  if (match) {
    const [whole = '0', fraction = ''] = match[0].split('.')
    return { units: BigInt(whole + fraction.padEnd(6, '0')), end: DECIMAL.lastIndex, arabic: true }
  }
  if (!/[一二两三四五六七八九十]/.test(text.charAt(at))) return null
  // 三毛五: the number ends where its unit stands.
  const stop = text.slice(at).search(/[块元毛角分厘]/)
  const words = stop > 0 ? text.slice(at, at + stop) : text.charAt(at)
  const number = readNumber(words, 0)
  return number && number.end === words.length && Number.isInteger(number.value)
    ? { units: BigInt(number.value) * 1_000_000n, end: at + words.length, arabic: false }
    : null
}
