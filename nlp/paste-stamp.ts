import { fromDay, makeDay, parseIso, toIso, weekday } from './entities/calendar.js'

/** A date or time at the start or the end of a line. */
export type Stamp = {
  place: 'start' | 'end'
  from: number
  to: number
  date: string | null
  time: string | null
  bracketed: boolean
}

const DATE =
  '(?:(?<year>20\\d\\d)\\s?[-/.年]\\s?(?<month>\\d{1,2})\\s?[-/.月]\\s?(?<day>\\d{1,2})日?|(?<month2>\\d{1,2})\\s?[-/月]\\s?(?<day2>\\d{1,2})日?|(?<word>今天|昨天|前天|(?:星期|周)[一二三四五六日天]))'
const TIME =
  '(?:(?<part>凌晨|早上|上午|中午|下午|傍晚|晚上)\\s?)?(?<hour>[01]?\\d|2[0-3])[:：](?<minute>[0-5]\\d)(?:[:：][0-5]\\d)?\\s?(?<half>[AaPp][Mm])?'
const STAMP = `(?:${DATE}(?:\\s?(?:星期|周)[一二三四五六日天])?\\s*[,，]?\\s*(?:${TIME})?|${TIME.replaceAll('?<', '?<t_')})`
const AT_END = new RegExp(`(?:^|[\\s(（\\[【])${STAMP}[)）\\]】]?\\s*$`)
const AT_START = new RegExp(`^[\\[【(（]?\\s*${STAMP}\\s*[\\])）】]?(?=\\s|[^\\d:：])`)

function dateOf(g: Record<string, string | undefined>, today: string): string | null {
  const now = parseIso(today)
  if (now === null) return null
  const month = Number(g.month ?? g.month2)
  const day = Number(g.day ?? g.day2)
  if (g.word !== undefined) {
    if (g.word === '今天') return toIso(now)
    if (g.word === '昨天') return toIso(now - 1)
    if (g.word === '前天') return toIso(now - 2)
    const target = '一二三四五六日'.indexOf(g.word.slice(-1).replace('天', '日')) + 1
    return toIso(now - ((weekday(now) - target + 7) % 7))
  }
  if (g.year !== undefined) {
    const found = makeDay(Number(g.year), month, day)
    return found === null ? null : toIso(found)
  }
  // A copied message was said in the past: without a year it is the last such day.
  const { year } = fromDay(now)
  for (const candidate of [year, year - 1]) {
    const found = makeDay(candidate, month, day)
    if (found !== null && found <= now) return toIso(found)
  }
  return null
}

function timeOf(g: Record<string, string | undefined>): string | null {
  const hour = g.hour ?? g.t_hour
  const minute = g.minute ?? g.t_minute
  if (hour === undefined || minute === undefined) return null
  let h = Number(hour)
  const part = g.part ?? g.t_part ?? ''
  const half = (g.half ?? g.t_half ?? '').toLowerCase()
  if ((/下午|傍晚|晚上/.test(part) || half === 'pm') && h < 12) h += 12
  if (part === '中午' && h < 3) h += 12
  if ((part === '凌晨' || half === 'am') && h === 12) h = 0
  return `${String(h).padStart(2, '0')}:${minute}`
}

export function readStamp(line: string, today: string): Stamp | null {
  const end = AT_END.exec(line)
  const match = end ?? AT_START.exec(line)
  if (!match?.groups) return null
  const time = timeOf(match.groups)
  const dated = (match.groups.day ?? match.groups.day2 ?? match.groups.word) !== undefined
  const date = dated ? dateOf(match.groups, today) : null
  // 「改到12月20日」 ends in a date and is no header: without a time only a full date counts.
  if ((dated && date === null) || (time === null && match.groups.year === undefined)) return null
  return {
    place: end ? 'end' : 'start',
    from: match.index,
    to: match.index + match[0].length,
    date,
    time,
    bracketed: /^[[【(（]/.test(match[0].trim()),
  }
}
