import { isIsoDay } from '../../../lib/format/dates.js'
import { minutesOf } from '../../../lib/working-days.js'
import { inQuietHours } from '../calm.js'
import type { CalmDraft, Problem } from './settings.contract.js'

const DAY_MINUTES = 24 * 60
/** Fewer hours a day, and reminders of a whole day come at once. */
const LEAST_OPEN = 2 * 60

/** Everything to mend or to know about the rules as typed, beside the field that it is about. */
export function checkCalm(calm: CalmDraft): Problem[] {
  const clocks: [string, string][] = [
    ['quiet', calm.quiet.from],
    ['quiet', calm.quiet.to],
    ['workHours', calm.workHours.from],
    ['workHours', calm.workHours.to],
    ['morning', calm.morning],
    ...calm.digests.map((at): [string, string] => ['digests', at]),
  ]
  const unread = [...new Set(clocks.filter(([, at]) => !isClock(at)).map(([field]) => field))]
  const numbers: [string, number | null, number, number][] = [
    ['capRep', calm.cap.rep, 1, 50],
    ['capManager', calm.cap.manager, 1, 50],
    ['mergeMinutes', calm.mergeMinutes, 0, 240],
    ['trialDays', calm.trialDays, 0, 90],
  ]
  return [
    ...unread.map((field) => stop(field, '时间写成 08:15 这样')),
    ...numbers
      .filter(([, n, least, most]) => n === null || !Number.isInteger(n) || n < least || n > most)
      .map(([field, , least, most]) => stop(field, `写 ${least} 到 ${most} 之间的整数`)),
    ...checkWeek(calm),
    ...(unread.includes('digests') ? [] : checkDigests(calm, unread.includes('quiet'))),
    ...(unread.includes('quiet') ? [] : checkQuiet(calm)),
    ...(unread.includes('workHours') || calm.workHours.from < calm.workHours.to ? [] : [stop('workHours', '下班要比上班晚')]),
    ...(unread.includes('quiet') || unread.includes('morning') || !isQuietAt(calm, calm.morning)
      ? []
      : [warn('morning', `${calm.morning} 还在安静时间里，会等到 ${calm.quiet.to} 之后才发`)]),
  ]
}

function checkWeek({ week, longWeek, daysOffQuiet }: CalmDraft): Problem[] {
  if (week === 'alternate' && !(longWeek && isIsoDay(longWeek))) return [stop('longWeek', '选一天，让我们知道哪一周上六天')]
  return daysOffQuiet ? [] : [warn('daysOffQuiet', '周末和节假日也会发，同事可能在休息')]
}

function checkDigests(calm: CalmDraft, quietUnread: boolean): Problem[] {
  if (calm.digests.length === 0) return [stop('digests', '至少留一个时间，超出的提醒才有地方去')]
  if (calm.digests.length > 6) return [stop('digests', '最多六个时间')]
  if (quietUnread) return []
  const quiet = calm.digests.filter((at) => isQuietAt(calm, at))
  if (quiet.length === 0) return []
  const all = quiet.length === calm.digests.length
  return [warn('digests', `${quiet.join('、')} 在安静时间里，${all ? `会等到 ${calm.quiet.to} 之后` : '会跳过'}`)]
}

function checkQuiet({ quiet }: CalmDraft): Problem[] {
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)]
  const open = from === to ? DAY_MINUTES : (from - to + DAY_MINUTES) % DAY_MINUTES
  if (open < LEAST_OPEN) return [stop('quiet', '一天里至少留两个小时可以提醒')]
  if (from === to) return [warn('quiet', '没有安静时间，半夜也会提醒')]
  return []
}

const isQuietAt = (calm: CalmDraft, at: string) => inQuietHours(minutesOf(at), calm)

const isClock = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
const stop = (at: string, words: string): Problem => ({ at, words, stops: true })
const warn = (at: string, words: string): Problem => ({ at, words, stops: false })
