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
export const NUMBER_START = '\\d零〇一二两俩仨三四五六七八九十百几半壹贰叁'

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
  let total = 0
  let section = 0
  let current: number | null = null
  let spread = 0
  let lastUnit = 0
  let zero = false
  let approximate = false
  let arabic = false
  let max = 0
  let end = at
  const start = at
  const scale = (unit: number) => {
    const base = current ?? (section === 0 && total === 0 ? 1 : 0)
    if (unit >= 10_000) {
      max = spread > 0 ? (section + base + spread) * unit : max * unit
      total += (section + base) * unit
      section = 0
    } else {
      if (spread > 0) max = total + section + (base + spread) * unit
      section += base * unit
    }
    spread = 0
    current = null
    zero = false
    lastUnit = unit
  }
  while (end < text.length) {
    const char = text.charAt(end)
    if (char >= '0' && char <= '9') {
      const found: { value: number; end: number } | null = current === null ? readArabic(text, end) : null
      if (!found) break
      current = found.value
      end = found.end
      arabic = true
      // 「3万 5」 never: a blank ends the number; but 「3 万」 is one.
      if (text.charAt(end) === ' ' && /[万千百亿w]/.test(text.charAt(end + 1)) && readUnit(text, end + 1, true) !== null) end++
      continue
    }
    const digit = DIGITS.get(char)
    if (digit !== undefined) {
      if (current !== null) {
        // 「五六万」「三四百」「三五个」: two digits side by side are a spread.
        if (arabic || spread > 0 || digit <= current || digit - current > 2) break
        spread = digit - current
      } else if (digit === 0 && char !== '0') zero = true
      else current = digit
      if (digit === 0 && current === null && end === start) current = 0
      end++
      continue
    }
    if (char === '点' && current !== null && !arabic && spread === 0) {
      const decimal = /^点([零〇一二三四五六七八九]+)(?=[万亿千百块元折个%米吨])/.exec(text.slice(end, end + 8))
      if (
        !decimal?.[1] ||
        (decimal[0].length === 2 &&
          /^点.[块元]/.test(text.slice(end)) === false &&
          /[折]/.test(text.charAt(end + 2)) === false &&
          !/[万亿千百米吨%]/.test(text.charAt(end + 2)))
      )
        break
      current += Number(`0.${[...decimal[1]].map((c) => DIGITS.get(c)).join('')}`)
      end += decimal[0].length
      continue
    }
    if (char === '几' && (current === null || lastUnit > 0)) {
      // 「几十」「十几」「一百几十」
      if (current !== null) break
      approximate = true
      if (UNITS.has(text.charAt(end + 1)) || lastUnit >= 10 || end === start) {
        if (lastUnit >= 10 && !UNITS.has(text.charAt(end + 1))) {
          max = total + section + lastUnit - lastUnit / 10
          end++
          break
        }
        current = 3
        end++
        continue
      }
      break
    }
    const unit = readUnit(text, end, arabic)
    if (unit === null) break
    if (current === null && section === 0 && total === 0 && unit !== 10 && unit !== 100 && unit !== 1000) break
    if (current === null && section === 0 && total === 0 && unit >= 100 && !/[八十]/.test(text.charAt(end + 1))) break
    if (unit < 10_000 && lastUnit !== 0 && lastUnit <= unit && section > 0) break
    scale(unit)
    end++
    if (/[来多余]/.test(text.charAt(end)) && !/[来多]\s?(?:加|发|了)/.test(text.slice(end, end + 3))) {
      approximate = true
      end++
      if (text.charAt(end) === '万') {
        scale(10_000)
        end++
      }
      break
    }
  }
  if (end === start) return null
  if (current !== null) {
    // 3万5 and 一千五, but not 二十三 nor 一千零五.
    const short: boolean = lastUnit >= 100 && !zero && current < 10 && Number.isInteger(current)
    const value: number = short ? (current * lastUnit) / 10 : current
    if (spread > 0) max = total + section + value + (short ? (spread * lastUnit) / 10 : spread)
    section += value
  }
  const value = Math.round((total + section) * 1e6) / 1e6
  const ceiling = Math.round(max * 1e6) / 1e6
  return {
    value,
    max: ceiling > value ? ceiling : null,
    approximate: approximate || ceiling > value,
    end,
    plain: arabic || end - start > 1 || /[十百]/.test(text.charAt(start)),
  }
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
