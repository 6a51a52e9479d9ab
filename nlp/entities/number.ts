import type { NumberValue } from './entity.js'

const DIGITS = new Map([...'零〇一二三四五六七八九'].map((char, i) => [char, i < 2 ? 0 : i - 1]))
for (const [char, value] of [
  ['两', 2],
  ['俩', 2],
  ['仨', 3],
  ['壹', 1],
  ['贰', 2],
  ['叁', 3],
] as const)
  DIGITS.set(char, value)
const UNITS = new Map<string, number>([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
  ['万', 10_000],
  ['亿', 100_000_000],
])

/** Every character that a number may begin with. */
export const NUMBER_STARTS: string[] = [...'0123456789零〇一二两俩仨三四五六七八九十百几半壹贰叁']

export type FoundNumber = NumberValue & {
  end: number /** Written with digits or with several characters: surely a number. */
  plain: boolean
}

const ARABIC = /\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?/y

function readArabic(text: string, at: number): { value: number; end: number } | null {
  ARABIC.lastIndex = at
  const match = ARABIC.exec(text)
  return match ? { value: Number(match[0].replaceAll(',', '')), end: ARABIC.lastIndex } : null
}

/** w and k after digits stand for 万 and 千, unless a further letter makes a unit of them (10kg, 5kw). */
function readUnit(text: string, at: number, afterArabic: boolean): number | null {
  const char = text.charAt(at)
  const unit = UNITS.get(char)
  if (unit !== undefined) return unit
  if (!afterArabic || /[a-z\d]/i.test(text.charAt(at + 1))) return null
  if (char === 'w') return 10_000
  return char === 'k' || char === 'K' ? 1000 : null
}

/** 「二零二六」「幺三八」: digits read out one by one. */
const READ_OUT = /[零〇一二三四五六七八九]{3,}(?![十百千万亿])/y

/** What has been read so far: 二十三万八千五 is total 230000, section 8000, current 5, lastUnit 1000. */
type Reading = {
  total: number
  section: number
  current: number | null
  /** How far the second of two digits side by side lies above the first: 五六万. */
  spread: number
  max: number
  lastUnit: number
  zero: boolean
  arabic: boolean
  approximate: boolean
}

const isEmpty = (r: Reading) => r.current === null && r.section === 0 && r.total === 0

function scale(r: Reading, unit: number): void {
  const base = r.current ?? (r.section === 0 && r.total === 0 ? 1 : 0)
  if (unit >= 10_000) {
    r.max = r.spread > 0 ? (r.section + base + r.spread) * unit : r.max * unit
    r.total += (r.section + base) * unit
    r.section = 0
  } else {
    if (r.spread > 0) r.max = r.total + r.section + (base + r.spread) * unit
    r.section += base * unit
  }
  r.spread = 0
  r.current = null
  r.zero = false
  r.lastUnit = unit
}

/** Each step reads what stands at `at` and says where it ends; `null` ends the number. */
type Step = (r: Reading, text: string, at: number) => number | null

const takeArabic: Step = (r, text, at) => {
  const found = r.current === null ? readArabic(text, at) : null
  if (!found) return null
  r.current = found.value
  r.arabic = true
  // 「3 万」 is one number.
  return text.charAt(found.end) === ' ' && /[万千百亿w]/.test(text.charAt(found.end + 1)) ? found.end + 1 : found.end
}

const takeDigit: Step = (r, text, at) => {
  const digit = DIGITS.get(text.charAt(at))
  if (digit === undefined) return null
  if (r.current !== null) {
    // 「五六万」「三四百」「三五个」
    if (r.arabic || r.spread > 0 || digit <= r.current || digit - r.current > 2) return null
    r.spread = digit - r.current
  } else if (digit === 0 && !isEmpty(r)) r.zero = true
  else r.current = digit
  return at + 1
}

/** 「八点五万」, not 「八点五分」: what follows must be a unit of size or money. */
const takeDecimal: Step = (r, text, at) => {
  if (text.charAt(at) !== '点' || r.current === null || r.arabic || r.spread > 0) return null
  const match = /^点([零〇一二三四五六七八九]+)(?=[万亿千百块元折%米吨])/.exec(text.slice(at, at + 8))
  if (!match?.[1]) return null
  r.current += Number(`0.${[...match[1]].map((char) => DIGITS.get(char)).join('')}`)
  return at + match[0].length
}

/** 「几十」「十几」「一百几十」 */
const takeSome: Step = (r, text, at) => {
  if (text.charAt(at) !== '几' || r.current !== null) return null
  r.approximate = true
  const unitNext = UNITS.has(text.charAt(at + 1))
  if (r.lastUnit >= 10 && !unitNext) r.max = r.total + r.section + r.lastUnit - r.lastUnit / 10
  else r.current = 3
  return at + 1
}

const takeUnit: Step = (r, text, at) => {
  const unit = readUnit(text, at, r.arabic)
  if (unit === null) return null
  // 「百八十」 and 「十」 may begin a number; 「万」 and 「千克」 don't.
  if (isEmpty(r) && (unit > 1000 || (unit >= 100 && !/[八十]/.test(text.charAt(at + 1))))) return null
  if (unit < 10_000 && r.lastUnit !== 0 && r.lastUnit <= unit && r.section > 0) return null
  scale(r, unit)
  return at + 1
}

/** 「三十来箱」「两百多套」「十来万」 */
function takeRemainder(r: Reading, text: string, at: number): number {
  if (
    r.lastUnit === 0 ||
    r.current !== null ||
    !/[来多余]/.test(text.charAt(at)) ||
    /^[来多]\s?[加发了]/.test(text.slice(at, at + 3))
  )
    return at
  r.approximate = true
  if (text.charAt(at + 1) !== '万' || r.lastUnit >= 10_000) return at + 1
  scale(r, 10_000)
  return at + 2
}

/** 半吨, 半箱 */
const takeHalf: Step = (r, text, at) => {
  if (text.charAt(at) !== '半' || !isEmpty(r)) return null
  r.current = 0.5
  return at + 1
}

const STEPS = [takeHalf, takeArabic, takeDigit, takeDecimal, takeSome, takeUnit]
const tidy = (value: number) => Math.round(value * 1e6) / 1e6

/**
 * Reads the number that starts exactly at `at`: 1,200 · 3万5 · 一千五 · 二十三万八 · 五六万 · 三十来 · 8.5万 · 八点五万 · 10w · 两.
 * A trailing digit counts a tenth of the last unit (3万5 = 35000), as people say it.
 */
export function readNumber(text: string, at: number): FoundNumber | null {
  READ_OUT.lastIndex = at
  const out = READ_OUT.exec(text)
  if (out && !/^一二三|^二三四/.test(out[0])) {
    const digits = [...out[0]].map((char) => DIGITS.get(char)).join('')
    return { value: Number(digits), max: null, approximate: false, end: READ_OUT.lastIndex, plain: true }
  }
  const r: Reading = {
    total: 0,
    section: 0,
    current: null,
    spread: 0,
    max: 0,
    lastUnit: 0,
    zero: false,
    arabic: false,
    approximate: false,
  }
  let end = at
  for (;;) {
    let next: number | null = null
    for (const step of STEPS) {
      next = step(r, text, end)
      if (next !== null) break
    }
    if (next === null) break
    end = next
    const rest = takeRemainder(r, text, end)
    if (rest > end) {
      end = rest
      break
    }
  }
  return end === at ? null : finish(r, text, at, end)
}

function finish(r: Reading, text: string, at: number, end: number): FoundNumber {
  if (r.current !== null) {
    // 3万5 and 一千五, but not 二十三 nor 一千零五.
    const short = r.lastUnit >= 100 && !r.zero && r.current < 10 && Number.isInteger(r.current)
    const value = short ? (r.current * r.lastUnit) / 10 : r.current
    if (r.spread > 0) r.max = r.total + r.section + value + (short ? (r.spread * r.lastUnit) / 10 : r.spread)
    r.section += value
  }
  const value = tidy(r.total + r.section)
  const max = tidy(r.max) > value ? tidy(r.max) : null
  const plain = r.arabic || end - at > 1 || /[十百]/.test(text.charAt(at))
  return { value, max, approximate: r.approximate || max !== null, end, plain }
}

/** 「5-6万」「50~100」「五到六万」: a spread in two numbers; the first takes the second's unit (5-6万). Not 「从200到300」, which is a change. */
export function readSpread(text: string, at: number): FoundNumber | null {
  const first = readNumber(text, at)
  if (!first || first.max !== null) return first
  const joint = /^\s?(?:[-~]|到|至)\s?/.exec(text.slice(first.end, first.end + 4))
  if (!joint || text.charAt(at - 1) === '从' || text.charAt(at - 1) === '由') return first
  const second = readNumber(text, first.end + joint[0].length)
  if (!second || second.max !== null) return first
  const scale = first.value < 1000 && second.value >= 10_000 ? 10_000 : first.value < 10 && second.value >= 1000 ? 1000 : 1
  const low = first.value * scale
  return low < second.value ? { value: low, max: second.value, approximate: false, end: second.end, plain: true } : first
}
