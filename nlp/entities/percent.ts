import { matches } from '../matches.js'
import type { PercentEntity } from './entity.js'
import { readNumber } from './number.js'

const CN = '[一二两三四五六七八九]'
const PATTERNS: [RegExp, (text: string) => number | null][] = [
  [/(\d+(?:\.\d+)?)\s?%/g, (n) => Number(n) / 100],
  [/百分之([\d.一二两三四五六七八九十]+)/g, (n) => (readNumber(n, 0)?.value ?? Number.NaN) / 100],
  [
    /(\d+(?:\.\d+)?|[一二两三四五六七八九十]{1,2})\s?个百?分?点(?!钟|儿|位|了|的时)/g,
    (n) => (readNumber(n, 0)?.value ?? Number.NaN) / 100,
  ],
  [
    /([一二两三四五六七八九])成(?!本|品|功|交|立|绩|果|都|套|年|员|人|新|为)/g,
    (n) => (readNumber(n, 0)?.value ?? Number.NaN) / 10,
  ],
]

/** 九折, 95折, 8.5折, 九五折, 八五折 */
const DISCOUNT = new RegExp(`(\\d{1,2}(?:\\.\\d)?|${CN}点${CN}|${CN}{1,2})\\s?折(?!叠|腾|磨|返|断|算|旧|弯|页)`, 'g')

function readDiscount(text: string): number {
  if (/^\d/.test(text)) {
    const n = Number(text)
    return n > 10 ? n / 100 : n / 10
  }
  const digits = [...text.replace('点', '')].map((char) => readNumber(char, 0)?.value ?? 0)
  return digits.length === 2 ? ((digits[0] ?? 0) * 10 + (digits[1] ?? 0)) / 100 : (digits[0] ?? 0) / 10
}

export function readPercents(text: string): PercentEntity[] {
  if (!/[%折点成]|百分/.test(text)) return []
  const found: PercentEntity[] = []
  const add = (from: number, length: number, ratio: number | null, discount: boolean) => {
    if (ratio === null || !(ratio > 0) || found.some((p) => from < p.to && p.from < from + length)) return
    found.push({ kind: 'percent', from, to: from + length, ratio: Math.round(ratio * 1e4) / 1e4, discount })
  }
  for (const match of matches(DISCOUNT, text)) add(match.index, match[0].length, readDiscount(match[1] ?? ''), true)
  for (const [pattern, read] of PATTERNS)
    for (const match of matches(pattern, text)) add(match.index, match[0].length, read(match[1] ?? ''), false)
  return found.sort((a, b) => a.from - b.from)
}
