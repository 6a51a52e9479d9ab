import { standardAudiences } from '../audience.js'
import { channelLabel } from '../ladder.contract.js'
import type { ReminderKind } from '../reminder-kind.js'
import type { LevelDraft } from './settings.contract.js'

type Audiences = Pick<ReminderKind, 'audiences'>

/** Whom a level of that kind may name, and what they are called. */
export const audiencesOf = (kind: Audiences): Record<string, string> => ({
  ...standardAudiences,
  ...Object.fromEntries(Object.entries(kind.audiences ?? {}).map(([name, { label }]) => [name, label])),
})

const COUNTS = { clock: '', 'working-days': '（休息日不算）', 'working-hours': '（只算上班时间）' }

/** 「4 小时后（休息日不算）」. `first`: nothing was said before it. */
export function waitWords(wait: LevelDraft['wait'], first: boolean): string {
  switch (wait.from) {
    case 'last': {
      if (wait.minutes === null) return '还没定时间'
      if (wait.minutes === 0 && wait.counts !== 'working-hours') return first ? '马上' : '和上一级同时'
      return `${first ? '' : '再过 '}${spanWords(wait)}${first ? '后' : ''}${COUNTS[wait.counts]}`
    }
    case 'start': {
      if (wait.minutes === null) return '还没定时间'
      return `从开始算 ${spanWords(wait)}${COUNTS[wait.counts]}`
    }
    case 'morning':
      return '下个工作日早上'
    case 'target': {
      if (wait.days === null) return '还没定时间'
      if (wait.days === 0) return wait.at === null ? '到点的时候' : `当天 ${wait.at}`
      const days = wait.days > 0 ? `提前 ${wait.days} 天` : `过了 ${-wait.days} 天`
      return wait.at === null ? days : `${days}，${wait.at}`
    }
  }
}

/** A day is a day only where whole days are counted: a working day has fewer hours. */
function spanWords({ minutes, counts }: { minutes: number | null; counts: string }): string {
  const all = minutes ?? 0
  if (all > 0 && all % 1_440 === 0 && counts !== 'working-hours') return `${all / 1_440} 天`
  const [hours, rest] = [Math.floor(all / 60), all % 60]
  return [hours > 0 ? `${hours} 小时` : '', rest > 0 || hours === 0 ? `${rest} 分钟` : ''].filter(Boolean).join(' ')
}

/** 「被问的人、他的上级」. */
export const peopleWords = (kind: Audiences, to: string[]): string => {
  const labels = audiencesOf(kind)
  return to.length > 0 ? to.map((name) => labels[name] ?? name).join('、') : '还没选人'
}

/** 「企业微信，发不到就发短信，再不行发邮件」. */
export function routeWords(route: LevelDraft['route']): string {
  const steps = route.filter((step) => step.length > 0).map((step) => step.map((name) => channelLabel[name]).join('和'))
  const [first, second, ...more] = steps
  if (!first) return '还没选渠道'
  return [first, ...(second ? [`发不到就发${second}`] : []), ...more.map((step) => `再不行发${step}`)].join('，')
}

/** The whole ladder in one line: 「4 小时后 → 被问的人，再过 4 小时 → 他的上级」. */
export function ladderLine(kind: Audiences, { levels }: { levels: LevelDraft[] }): string {
  const on = levels.filter((level) => level.on)
  if (on.length === 0) return '全部关着，谁都不会被提醒'
  return on.map((level, i) => `${waitWords(level.wait, i === 0)} → ${peopleWords(kind, level.to)}`).join('，')
}

/** One level in a sentence. */
export const levelLine = (kind: Audiences, level: LevelDraft, first: boolean): string =>
  level.on ? `${waitWords(level.wait, first)}，告诉${peopleWords(kind, level.to)}：${routeWords(level.route)}` : '这一级关着'
