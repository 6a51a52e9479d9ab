import { addMonths, type Day, daysInMonth, fromDay, makeDay, mondayOf, toDay, toIso } from './calendar.js'
import type { DateEntity } from './entity.js'
import { findHoliday, findNextHoliday, fromLunar, HOLIDAY_NAMES } from './holiday.js'
import { readNumber } from './number.js'

/** `day` is the feast itself inside its days off; `bound` is set where the word holds it already (年前). */
type Range = { a: Day; b: Day; bareDay?: boolean; past?: boolean; day?: Day; bound?: 'by' | 'after' }
type Groups = Record<string, string | undefined>
type Rule = { pattern: RegExp; read: (g: Groups, today: Day) => Range | null }

const small = (text: string | undefined): number => (text === undefined ? Number.NaN : (readNumber(text, 0)?.value ?? Number.NaN))
const on = (day: Day | null, more: Partial<Range> = {}): Range | null => (day === null ? null : { a: day, b: day, ...more })

const MONTH = '(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])'
const DAY_OF =
  '(?:3[01]|[12]\\d|0?[1-9]|三十一?|二十[一二三四五六七八九]?|十[一二三四五六七八九]?|[一二三四五六七八九]|廿[一二三四五六七八九]?)'
const YEAR = '(?<year>\\d{4}|\\d{2}|[零〇一二三四五六七八九]{4}|今|明|后|去|来)年(?:的)?'
const WEEK = '(?:周|星期|礼拜)'
/** What makes of 「11号」 a room, a line, a material: never a date. */
const NOT_A_DAY =
  '(?![楼房线仓门库机院厂桌店位柜床馆厅间栋车钢槽工角螺电铁线板口码字色管件井岗窗梯座套样钉针轴]|地块|会议|技师|包厢|厨|宿舍|产品|公寓|员工|客服|油|汽油|柴油|配件|版|孔|站|钢板|的(?:钢|螺|板|钉|房|样))'

/** A day of the year without a year: the coming one, unless it has only just passed. */
function nearestYear(month: number, day: number, today: Day): Day | null {
  const year = fromDay(today).year
  const here = makeDay(year, month, day)
  if (here !== null && here >= today - 31) return here
  if (here !== null && here < today - 31) return makeDay(year + 1, month, day)
  return makeDay(year + 1, month, day)
}

function yearOf(word: string | undefined, today: Day): number | null {
  if (word === undefined) return null
  const here = fromDay(today).year
  const known: Record<string, number> = { 今: here, 明: here + 1, 来: here + 1, 后: here + 2, 去: here - 1 }
  const named = known[word]
  if (named !== undefined) return named
  const value = small(word)
  return value < 100 ? 2000 + value : value
}

function monthDay(g: Groups, today: Day, month = small(g.month), day = dayNumber(g.day)): Day | null {
  const year = yearOf(g.year, today)
  return year === null ? nearestYear(month, day, today) : makeDay(year, month, day)
}

const dayNumber = (text: string | undefined): number =>
  text?.startsWith('廿') ? 20 + (text.length > 1 ? small(text.slice(1)) : 0) : small(text)

/** Which month 「下个月」「本月」「3月」 is, as its first day. */
function monthStart(g: Groups, today: Day): Day | null {
  const { year, month } = fromDay(today)
  const here = toDay(year, month, 1)
  const said = g.which
  if (said === undefined || /^[这本当]/.test(said)) return here
  if (/^上/.test(said)) return addMonths(here, -1)
  if (/^(?:下|次)/.test(said)) return addMonths(here, said.startsWith('下下') ? 2 : 1)
  const number = small(said)
  const named = yearOf(g.year, today)
  if (named !== null) return makeDay(named, number, 1)
  const start = makeDay(year, number, 1)
  return start !== null && start < here ? makeDay(year + 1, number, 1) : start
}

function monthPart(start: Day, part: string | undefined): Range {
  const { year, month } = fromDay(start)
  const last = start + daysInMonth(year, month) - 1
  if (part === undefined) return { a: start, b: last }
  if (part.startsWith('上旬')) return { a: start, b: start + 9 }
  if (part.startsWith('中旬')) return { a: start + 10, b: start + 19 }
  if (part.startsWith('下旬')) return { a: start + 20, b: last }
  if (part.startsWith('初')) return { a: start, b: start + 4 }
  if (part.startsWith('中')) return { a: start + 14, b: start + 14 }
  return { a: last, b: last }
}

function weekDay(which: string | undefined, word: string, today: Day): Range | null {
  const target = /[日天末]/.test(word) ? 7 : small(word)
  if (!(target >= 1 && target <= 7)) return null
  const monday = mondayOf(today)
  if (which === undefined || which === '') {
    const here = monday + target - 1
    return on(here >= today ? here : here + 7)
  }
  const weeks = /^上上/.test(which) ? -2 : /^上/.test(which) ? -1 : /^下下/.test(which) ? 2 : /^下/.test(which) ? 1 : 0
  return on(monday + weeks * 7 + target - 1, { past: weeks < 0 })
}

const RELATIVE: [RegExp, number][] = [
  [/^大大后/, 4],
  [/^大后/, 3],
  [/^[后]/, 2],
  [/^(?:明|次|第二)/, 1],
  [/^今/, 0],
  [/^昨/, -1],
  [/^大前/, -3],
  [/^前/, -2],
]

const RULES: Rule[] = [
  {
    pattern: /(?<year>20\d\d)[-./年](?<month>1[0-2]|0?[1-9])[-./月](?<day>3[01]|[12]\d|0?[1-9])(?:[日号]|(?!\d))/g,
    read: (g, today) => on(monthDay(g, today)),
  },
  {
    pattern: new RegExp(
      `(?:农历|阴历)?(?<month>正|冬|腊|${MONTH})月(?<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|${DAY_OF})`,
      'g',
    ),
    read: (g, today) => {
      const named: Record<string, number> = { 正: 1, 冬: 11, 腊: 12 }
      const word = g.month ?? ''
      if (!named[word] && !g.day?.startsWith('初') && !g.day?.startsWith('廿') && !/^[农阴]/.test(g.whole ?? '')) return null
      const month = named[word] ?? small(word)
      const day = g.day?.startsWith('初') ? small(g.day.slice(1)) : dayNumber(g.day)
      const year = fromDay(today).year
      for (const candidate of [year - 1, year, year + 1]) {
        const found = fromLunar(candidate, month, day)
        if (found !== null && found >= today) return on(found)
      }
      return null
    },
  },
  {
    pattern: new RegExp(
      `(?:${YEAR})?(?<month>${MONTH})月(?:份)?(?<day>${DAY_OF})(?:日|号)?\\s?(?:-|~|到|至)\\s?(?:(?<month2>${MONTH})月(?:份)?)?(?<day2>${DAY_OF})(?:日|号)`,
      'g',
    ),
    read: (g, today) => {
      const a = monthDay(g, today)
      const b = monthDay(g, today, small(g.month2 ?? g.month), dayNumber(g.day2))
      return a !== null && b !== null && b > a ? { a, b } : null
    },
  },
  {
    pattern: new RegExp(
      `(?:${YEAR})?(?<month>${MONTH})\\s?月(?:份)?\\s?(?<day>${DAY_OF})\\s?(?:日|号|(?![\\d个万千百套箱%旬]))`,
      'g',
    ),
    read: (g, today) => on(monthDay(g, today)),
  },
  {
    pattern: new RegExp(
      `(?:${YEAR})?(?<which>下下个?月|下个?月|次月|这个月|本月|当月|上个?月|${MONTH}月(?:份)?)(?:的)?(?:(?<day>${DAY_OF})[号日]|(?<part>上旬|中旬|下旬|初|中(?!间)|底|末))?`,
      'g',
    ),
    read: (g, today) => {
      const start = monthStart(
        { ...g, which: g.which?.replace(/月(?:份)?$/, /^\d|^[一二三四五六七八九十]/.test(g.which) ? '' : '月') },
        today,
      )
      if (start === null) return null
      const past = g.which?.startsWith('上') ?? false
      if (g.day !== undefined) {
        const { year, month } = fromDay(start)
        return on(makeDay(year, month, dayNumber(g.day)), { past })
      }
      return { ...monthPart(start, g.part), past }
    },
  },
  {
    pattern: /(?<![个\d一二三四五六七八九十下上这本当次每])月(?<part>初|中(?!间)|底|末|尾)/g,
    read: (g, today) => {
      const here = fromDay(today)
      const start = toDay(here.year, here.month, 1)
      const range = monthPart(start, g.part)
      return range.b < today ? monthPart(addMonths(start, 1), g.part) : range
    },
  },
  {
    pattern: new RegExp(
      `(?<which>下下个?|下个?|上上个?|上个?|这个?|本|当)?${WEEK}(?<day>[一二三四五六日天]|[1-6](?!\\d|[个月年.]))`,
      'g',
    ),
    read: (g, today) => weekDay(g.which, g.day ?? '', today),
  },
  {
    pattern: new RegExp(
      `(?<which>下下个?|下个?|上上个?|上个?|这个?|本)(?:个)?${WEEK}(?<end>末)?|(?<![每\\d一两二三四五六七八九十几])周末`,
      'g',
    ),
    read: (g, today) => {
      const which = g.which ?? ''
      const weeks = /^上上/.test(which) ? -2 : /^上/.test(which) ? -1 : /^下下/.test(which) ? 2 : /^下/.test(which) ? 1 : 0
      const monday = mondayOf(today) + weeks * 7
      const past = weeks < 0
      return g.end !== undefined || g.which === undefined
        ? { a: monday + 5, b: monday + 6, past }
        : { a: monday, b: monday + 6, past }
    },
  },
  {
    pattern:
      /(?<which>大大后[天日]|大后[天日]|后[天日儿](?!面)|明[天日儿](?!星)|(?<!产品|说)今[天日儿]|昨[天日儿]|大前天|前天|次日|第二天|明(?=[早晚])|今(?=[早晚])|昨(?=晚))/g,
    read: (g, today) => {
      const shift = RELATIVE.find(([pattern]) => pattern.test(g.which ?? ''))?.[1]
      return shift === undefined ? null : on(today + shift, { past: shift < 0 })
    },
  },
  {
    pattern: new RegExp(
      `(?:${YEAR})?(?<name>${HOLIDAY_NAMES})(?:节|长假|假期|小长假|放假|黄金周|期间|当天|那天|那会儿?|左右)*`,
      'g',
    ),
    read: (g, today) => {
      const found = findHoliday(g.name ?? '', today, yearOf(g.year, today))
      if (!found) return null
      return { a: found.first, b: found.last, day: found.day }
    },
  },
  {
    pattern:
      /(?<![\d一二两三四五六七八九十几半多每天多.\s])(?:(?<which>今|明|来|后|去)?年(?<part>前|后|底|末|初|中|内)|岁末|(?<which2>今|明|来|去)年(?!度|级|货|轻|纪))/g,
    read: (g, today) => {
      const year = yearOf(g.which ?? g.which2, today)
      const here = fromDay(today).year
      const part = g.part
      if (part === '前' || part === '后') {
        const spring = findHoliday('春节', today, year)
        return spring && { a: spring.first, b: spring.last, day: spring.day, bound: part === '前' ? 'by' : 'after' }
      }
      const target = year ?? here
      if (part === '底' || part === '末' || (part === undefined && g.which2 === undefined)) return on(toDay(target, 12, 31))
      if (part === '初') return { a: toDay(year ?? here + 1, 1, 1), b: toDay(year ?? here + 1, 1, 31) }
      if (part === '中') return on(toDay(target, 6, 30))
      return { a: toDay(target, 1, 1), b: toDay(target, 12, 31), past: target < here }
    },
  },
  {
    pattern:
      /(?:(?<which>下个?|本|这个?)季度|(?<quarter>[1-4一二三四])季度|第(?<third>[1-4一二三四])季度|[qQ](?<q>[1-4])(?!\d))(?<end>末|底|初)?/g,
    read: (g, today) => {
      const here = fromDay(today)
      const named = g.quarter ?? g.third ?? g.q
      let index = Math.floor((here.month - 1) / 3) + (/^下/.test(g.which ?? '') ? 1 : 0)
      if (named !== undefined) index = small(named) - 1
      let start = addMonths(toDay(here.year, 1, 1), index * 3)
      if (named !== undefined && addMonths(start, 3) <= today) start = addMonths(start, 12)
      const last = addMonths(start, 3) - 1
      return g.end === '初' ? on(start) : g.end !== undefined ? on(last) : { a: start, b: last }
    },
  },
  {
    pattern: /节(?=前|后)(?<!春节|环节|季节|细节|调节|关节|章节|字节|国庆节|元旦节|中秋节)/g,
    read: (_, today) => {
      const next = findNextHoliday(today)
      return next && { a: next.first, b: next.last, day: next.day }
    },
  },
  {
    pattern: new RegExp(
      `(?<![\\d.a-zA-Z第月一二三四五六七八九十\\-])(?<day>${DAY_OF})(?:[号日])?\\s?(?:-|~|到|至)\\s?(?<day2>${DAY_OF})[号日]${NOT_A_DAY}`,
      'g',
    ),
    read: (g, today) => {
      const a = bareDay(dayNumber(g.day), today)
      const b = bareDay(dayNumber(g.day2), a ?? today)
      return a !== null && b !== null && b > a && b - a < 31 ? { a, b, bareDay: true } : null
    },
  },
  {
    pattern: new RegExp(
      `(?<![\\d.a-zA-Z第月一二三四五六七八九十\\-路街巷弄道村苑园座栋楼])(?<day>${DAY_OF})[号日]${NOT_A_DAY}(?!\\d)`,
      'g',
    ),
    read: (g, today) => on(bareDay(dayNumber(g.day), today), { bareDay: true }),
  },
]

/** 「25号」: the next 25th, today included. */
export function bareDay(day: number, today: Day): Day | null {
  const here = fromDay(today)
  for (let ahead = 0; ahead < 3; ahead++) {
    const month = fromDay(addMonths(toDay(here.year, here.month, 1), ahead))
    const found = makeDay(month.year, month.month, day)
    if (found !== null && found >= today) return found
  }
  return null
}

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
const WORTH = /[月号日天周拜期旦节庆秋明午夕五十六七三国双圣平清重元年季Qq夜腊教情今次]|\d{4}/

/** Every date in a normalized text, in order. `today` decides what 下周五 is. */
export function readDates(text: string, today: Day): DateEntity[] {
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
}

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
  // 「春节前」「12月前」 end the day before; 「下周五前」 is that Friday; 「国庆后」 begins when it is over.
  if (!inside && bound !== 'on' && (day !== undefined || a !== b)) iso = toIso(bound === 'by' ? (day ?? a) - 1 : b + 1)
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
