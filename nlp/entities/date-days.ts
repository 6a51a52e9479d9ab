import { addMonths, type Day, fromDay, makeDay, toDay } from './calendar.js'
import { DAY_OF, dayNumber, type Groups, MONTH, on, type Rule, small, YEAR, yearOf } from './date-words.js'
import { fromLunar } from './holiday.js'

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

function monthDay(g: Groups, today: Day, month = small(g.month), day = dayNumber(g.day)): Day | null {
  const year = yearOf(g.year, today)
  return year === null ? nearestYear(month, day, today) : makeDay(year, month, day)
}

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

/** Rules for single days: 12月20号, 腊月二十, 25号, 大后天. The fuller form stands before the shorter. */
export const NAMED_DAYS: Rule[] = [
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
]

/** 12.8, 12/8 and 12-8 are dates only beside words that ask for one; else they are prices, sizes and shares. */
const NUMERIC_AFTER =
  '(?=\\s?(?:号|日|[之以]?前|能|可以|可不可以|到(?!\\d)|出|发|交|送|要(?!么)|给我|就要|左右|上午|下午|再|必须|务必|那天))'
const NUMERIC: string = `(?<month>1[0-2]|0?[1-9])[./-](?<day>3[01]|[12]\\d|0?[1-9])(?![\\d.%a-zA-Z])`
const numericDay = (pattern: RegExp): Rule => ({ pattern, read: (g, today) => on(monthDay(g, today)) })
export const NUMERIC_DAYS: Rule[] = [
  numericDay(new RegExp(`(?<![\\d.a-zA-Z*/-])${NUMERIC}${NUMERIC_AFTER}`, 'g')),
  numericDay(
    new RegExp(
      `(?<=(?:改|推迟|提前|延|调|挪)(?:到|至|成|为)|就要|交期|交货期|要到|日期|[到发交送]货)\\s?${NUMERIC}(?!\\s?(?:[元块万折%斤米套个件箱]|\\d))`,
      'g',
    ),
  ),
]

/** Tried after weeks, months and holidays, so that 「下个月10号」 is not read as 「10号」. */
export const BARE_DAYS: Rule[] = [
  {
    pattern: /明后[天两]天?/g,
    read: (_, today) => ({ a: today + 1, b: today + 2 }),
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
      `(?<![\\d.a-zA-Z第月一二三四五六七八九十\\-路街巷弄道村苑园座栋楼]|(?:早|晚|迟|缓|提前|推后|顺延|推迟)(?:个|了|上)?)(?<day>${DAY_OF})[号日]${NOT_A_DAY}(?!\\d)`,
      'g',
    ),
    read: (g, today) => on(bareDay(dayNumber(g.day), today), { bareDay: true }),
  },
]
