import chineseDays from 'chinese-days'
import { type Day, fromDay, parseIso, toDay, toIso, weekday } from './calendar.js'

/** First and last day off. Where the State Council has not yet published a year, the days that the 2025 rule gives. */
export type Holiday = { first: Day; last: Day; day: Day }

/** `before`, `after`: days off around the day itself in a year not yet published. `off`: a public holiday at all. */
type Rule = { day: (year: number) => Day | null; before: number; after: number; off?: true }

const fixed = (month: number, day: number) => (year: number) => toDay(year, month, day)

const lunarCache = new Map<string, Day | null>()
/** Lunar month and day of the lunar year that begins in `year`, as a solar day. */
export function fromLunar(year: number, month: number, day: number): Day | null {
  const key = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  const known = lunarCache.get(key)
  if (known !== undefined) return known
  let found: Day | null = null
  // The tables of chinese-days cover 1900 to 2100; outside it throws.
  if (year > 1900 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 30) {
    found = parseIso(chineseDays.getSolarDateFromLunar(key).date)
  }
  lunarCache.set(key, found)
  return found
}

const lunar = (month: number, day: number) => (year: number) => fromLunar(year, month, day)
const eve = (year: number) => {
  const first = fromLunar(year, 1, 1)
  return first === null ? null : first - 1
}
/** 清明 by the century's rule; right for 2000–2099. */
const qingming = (year: number) => {
  const y = year % 100
  return toDay(year, 4, Math.floor(y * 0.2422 + 4.81) - Math.floor(y / 4))
}

const RULES: [RegExp, Rule][] = [
  [/^(?:元旦|阳历年)/, { day: fixed(1, 1), before: 0, after: 0, off: true }],
  [/^(?:除夕|年三十|大年三十|年夜)/, { day: eve, before: 0, after: 0 }],
  [/^(?:春节|过年|新年|大年初一|农历年|中国年|年节)/, { day: lunar(1, 1), before: 1, after: 6 }],
  [/^(?:元宵|正月十五)/, { day: lunar(1, 15), before: 0, after: 0 }],
  [/^(?:清明)/, { day: qingming, before: 0, after: 0, off: true }],
  [/^(?:五一|劳动节|五·一)/, { day: fixed(5, 1), before: 0, after: 4 }],
  [/^(?:端午)/, { day: lunar(5, 5), before: 0, after: 0, off: true }],
  [/^(?:六一|儿童节)/, { day: fixed(6, 1), before: 0, after: 0 }],
  [/^(?:618)/, { day: fixed(6, 18), before: 0, after: 0 }],
  [/^(?:七夕)/, { day: lunar(7, 7), before: 0, after: 0 }],
  [/^(?:中秋|八月十五)/, { day: lunar(8, 15), before: 0, after: 0, off: true }],
  [/^(?:教师节)/, { day: fixed(9, 10), before: 0, after: 0 }],
  [/^(?:国庆|十一)/, { day: fixed(10, 1), before: 0, after: 6 }],
  [/^(?:重阳)/, { day: lunar(9, 9), before: 0, after: 0 }],
  [/^(?:双十一|双11)/, { day: fixed(11, 11), before: 0, after: 0 }],
  [/^(?:双十二|双12)/, { day: fixed(12, 12), before: 0, after: 0 }],
  [/^(?:平安夜)/, { day: fixed(12, 24), before: 0, after: 0 }],
  [/^(?:圣诞)/, { day: fixed(12, 25), before: 0, after: 0 }],
  [/^(?:三八|妇女节|女神节)/, { day: fixed(3, 8), before: 0, after: 0 }],
  [/^(?:情人节)/, { day: fixed(2, 14), before: 0, after: 0 }],
  [/^(?:腊八)/, { day: (year) => fromLunar(year - 1, 12, 8), before: 0, after: 0 }],
]

/** 节气; 清明 is a holiday above, and 雨水, 小雪, 大雪 are mostly weather. */
const TERMS = '立春|惊蛰|春分|谷雨|立夏|小满|芒种|夏至|小暑|大暑|立秋|处暑|白露|秋分|寒露|霜降|立冬|冬至|小寒|大寒'
for (const name of TERMS.split('|')) {
  const day = (year: number) =>
    parseIso(chineseDays.getSolarTerms(`${year}-01-01`, `${year}-12-31`).find((term) => term.name === name)?.date ?? '')
  RULES.push([new RegExp(`^${name}`), { day, before: 0, after: 0 }])
}

export const HOLIDAY_NAMES = `${TERMS}|元旦节?|阳历年|除夕|大?年三十|大年初一|年夜|春节|过年|新年(?!度)|农历年|元宵节?|正月十五|清明节?|(?<![块千百万毛角点十二三四五六七八九])五一(?![个套台件把支只米斤盒箱])|劳动节|端午节?|六一|儿童节|618|七夕|中秋节?|八月十五|教师节|国庆节?|十一(?=长假|假期|前|后|节|之|以|放|期间|黄金)|重阳节?|双十一|双11|双十二|双12|平安夜|圣诞节?|三八节?|妇女节|女神节|情人节|腊八`

function holidayOf(rule: Rule, year: number): Holiday | null {
  const day = rule.day(year)
  if (day === null) return null
  let first = day
  let last = day
  if (rule.before + rule.after === 0 && !rule.off) return { first, last, day }
  if (chineseDays.isHoliday(toIso(day - rule.before)) && chineseDays.getDayDetail(toIso(day)).name.includes(',')) {
    // Published: run out to both ends over the days off.
    while (chineseDays.isHoliday(toIso(first - 1)) && day - first < 10) first--
    while (chineseDays.isHoliday(toIso(last + 1)) && last - day < 12) last++
    return { first, last, day }
  }
  first = day - rule.before
  last = day + rule.after
  // A single day off joins the weekend that it touches.
  if (first === last) {
    if (weekday(day) === 1 || weekday(day) === 7) first = day - (weekday(day) === 1 ? 2 : 1)
    if (weekday(day) === 5 || weekday(day) === 6) last = day + (weekday(day) === 5 ? 2 : 1)
  }
  return { first, last, day }
}

const holidayCache = new Map<string, Holiday | null>()

/** The holiday of that name which is not yet over on `today` (or in `year`, when one was named). */
export function findHoliday(name: string, today: Day, year: number | null): Holiday | null {
  const index = RULES.findIndex(([pattern]) => pattern.test(name))
  const rule = RULES[index]?.[1]
  if (!rule) return null
  const start = year ?? fromDay(today).year
  for (const candidate of year === null ? [start, start + 1] : [start]) {
    const key = `${index}-${candidate}`
    let found = holidayCache.get(key)
    if (found === undefined) {
      found = holidayOf(rule, candidate)
      holidayCache.set(key, found)
    }
    if (found && (year !== null || found.last >= today)) return found
  }
  return null
}

/** 节前, 节后: the next of the holidays for which factories close. */
export function findNextHoliday(today: Day): Holiday | null {
  const found = ['元旦', '春节', '清明', '五一', '端午', '中秋', '国庆']
    .map((name) => findHoliday(name, today, null))
    .filter((h) => h !== null)
  return found.reduce<Holiday | null>((best, h) => (best === null || h.first < best.first ? h : best), null)
}
