import { remember } from '../remember.js'
import { type Day, toIso } from './calendar.js'
import { BARE_DAYS, NAMED_DAYS, NUMERIC_DAYS } from './date-days.js'
import { PERIODS } from './date-periods.js'
import { type Range, small } from './date-words.js'
import type { DateEntity } from './entity.js'

const RULES = [...NAMED_DAYS, ...NUMERIC_DAYS, ...PERIODS, ...BARE_DAYS]

const BOUND = /^(?:的?(?:之前|以前|前(?![天后面年])|为止|截止|以内|之内|内))/
const AFTER = /^(?:的?(?:之后|以后|过后|后(?![天年面])|开始|起))/
const TIME =
  /^\s?(?:的)?(?:(?<part>凌晨|早上|上午|早|中午|下午|傍晚|晚上|晚|夜里)?\s?(?:(?<hour>1\d|2[0-3]|\d|十[一二]?|[一二两三四五六七八九])(?:点(?!\d*[折万%个五六七八九]*万)|:(?=\d\d))(?:(?<half>半)|(?<quarter>[一三]刻)|(?<minute>[0-5]\d)分?)?(?:钟)?)?)/

function readTime(rest: string): { time: string | null; length: number } {
  const match = TIME.exec(rest)
  if (!match || match[0].trim() === '') return { time: null, length: 0 }
  const { part, hour, half, quarter, minute } = match.groups ?? {}
  if (hour === undefined) return { time: null, length: match[0].length }
  let h = small(hour)
  if (/下午|傍晚|晚|夜/.test(part ?? '') && h < 12) h += 12
  if (part === '中午' && h < 3) h += 12
  const m = half ? 30 : quarter ? small(quarter.charAt(0)) * 15 : Number(minute ?? 0)
  return { time: `${String(h % 24).padStart(2, '0')}:${String(m).padStart(2, '0')}`, length: match[0].length }
}

/** A cheap look before any rule runs: most messages hold no date at all. */
const WORTH = /[月号日天周拜期旦节庆秋明午夕五十六七三国双圣平清重元年季Qq夜腊教情今次立惊春谷夏小芒大处白寒霜冬]|\d{4}|\d[./-]\d/

/** Every date in a normalized text, in order. `today` decides what 下周五 is. */
export const readDates = remember(96, (text: string, today: Day): DateEntity[] => {
  if (!WORTH.test(text)) return []
  const found: DateEntity[] = []
  for (const rule of RULES) {
    rule.pattern.lastIndex = 0
    for (let match = rule.pattern.exec(text); match; match = rule.pattern.exec(text)) {
      const from = match.index
      const end = from + match[0].length
      if (text.charAt(from - 1) === '每' || found.some((d) => from < d.to && d.from < end)) continue
      const range = rule.read({ ...match.groups, whole: match[0] }, today)
      if (!range) continue
      const entity = finish(text, from, end, range)
      if (entity) found.push(entity)
    }
  }
  return found.sort((x, y) => x.from - y.from)
})

function finish(text: string, from: number, end: number, range: Range): DateEntity | null {
  const time = readTime(text.slice(end, end + 12))
  let to = end + time.length
  const rest = text.slice(to, to + 3)
  const by = BOUND.exec(rest)
  const after = by ? null : AFTER.exec(rest)
  to += (by ?? after)?.[0].length ?? 0
  const { a, b, day } = range
  const bound = range.bound ?? (by ? 'by' : after ? 'after' : 'on')
  const inside = /内|起|开始/.test((by ?? after)?.[0] ?? '')
  let iso = a === b ? toIso(a) : `${toIso(a)}/${toIso(b)}`
  // 「10号前」 is the 10th, 「国庆前」 the feast itself, 「12月前」 the last of November; 「国庆后」 begins when it is over.
  if (!inside && bound !== 'on' && (day !== undefined || a !== b)) iso = toIso(bound === 'by' ? (day ?? a - 1) : b + 1)
  return {
    kind: 'date',
    from,
    to,
    iso,
    bound,
    time: time.time,
    bareDay: range.bareDay ?? false,
    past: range.past ?? false,
  }
}
