import { addMonths, type Day, daysInMonth, fromDay, makeDay, mondayOf, toDay, weekday } from './calendar.js'
import { DAY_OF, dayNumber, type Groups, MONTH, on, type Range, type Rule, small, WEEK, YEAR, yearOf } from './date-words.js'
import { findHoliday, findNextHoliday, HOLIDAY_NAMES } from './holiday.js'

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

/** Rules for parts of the calendar: 下个月初, 下周五, 下周, 春节, 年底, 二季度. */
export const PERIODS: Rule[] = [
  {
    pattern: new RegExp(
      `(?:${YEAR})?(?:(?<name>${HOLIDAY_NAMES})(?:节|长假|假期)*|(?<next>节)|(?<spring>年))过?(?:完|后|之后|以后)(?:的)?第(?:一|1)(?:个)?(?:(?:个工作)?(?<first>[天日])|${WEEK}(?<day>[一二三四五六日天])?)`,
      'g',
    ),
    read: (g, today) => {
      const found = g.next ? findNextHoliday(today) : findHoliday(g.name ?? '春节', today, yearOf(g.year, today))
      if (!found) return null
      const start = found.last + 1
      if (g.first !== undefined) return on(start)
      if (g.day === undefined) return { a: start, b: mondayOf(start) + 6 }
      const target = /[日天]/.test(g.day) ? 7 : small(g.day)
      return on(start + ((target - weekday(start) + 7) % 7))
    },
  },
  {
    pattern: new RegExp(
      `(?:${YEAR})?(?<which>下下个?月(?:份)?|(?<!剩)下个?月(?:份)?|次月|这个月|本月|当月|上个?月|${MONTH}月(?:份)?)(?:的)?(?:(?<day>${DAY_OF})[号日]|(?<part>上旬|中旬|下旬|初(?![一二三四五六七八九十])|中(?!间)|底|末))?`,
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
    pattern: /(?<![个\d一二三四五六七八九十上这本当次每]|(?<!剩)下)月(?<part>初|中(?!间)|底|末|尾)/g,
    read: (g, today) => {
      const here = fromDay(today)
      const start = toDay(here.year, here.month, 1)
      const range = monthPart(start, g.part)
      return range.b < today ? monthPart(addMonths(start, 1), g.part) : range
    },
  },
  {
    pattern: new RegExp(
      `(?<which>下下个?|下个?|这个?|本)?${WEEK}(?<day>[一二三四五六日天])(?:到|至|-|~)(?:下?${WEEK})?(?<day2>[二三四五六日天])(?![个套件箱])`,
      'g',
    ),
    read: (g, today) => {
      const first = weekDay(g.which, g.day ?? '', today)
      const last = first && weekDay('', g.day2 ?? '', first.a)
      return first && last && last.a > first.a ? { a: first.a, b: last.a } : null
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
    pattern: new RegExp(
      `(?:${YEAR})?(?<name>${HOLIDAY_NAMES})(?!好|快乐|愉快|吉祥|安康|大吉|哈|福利|礼)(?:节(?!快乐|好)|长假|假期|小长假|放假|黄金周|期间|那会儿?|左右)*(?<itself>当天|那天|当日)?`,
      'g',
    ),
    read: (g, today) => {
      const found = findHoliday(g.name ?? '', today, yearOf(g.year, today))
      if (!found) return null
      return g.itself === undefined ? { a: found.first, b: found.last, day: found.day } : on(found.day)
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
]
