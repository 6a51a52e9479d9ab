import { channelLabel, wayLabel } from '../../../domain/reminders/ladder.contract.js'
import type { LadderEntry, NextStep, ReminderRow, Told, Way } from '../../../domain/reminders/reminder.contract.js'
import { formatDuration } from '../../../lib/format/dates.js'
import { formatSoon } from '../../../lib/format/soon.js'
import type { Tone } from './asks.js'

type When = Date | string | number

/** 「等了 4 小时」, or when it comes. */
export function sinceWords(row: ReminderRow, now: number): string {
  if (!row.began && row.target) return formatSoon(row.target, now)
  return `等了 ${formatDuration(Math.max(0, now - Date.parse(row.since)))}`
}

/** 「今天 16:00 会再提醒你，明天 10:00 告诉李娜」. */
export function nextWords(row: ReminderRow, me: string, now: When): string {
  if (row.settledAt) return '已了结'
  if (row.claimedBy)
    return row.claimedBy === row.holder.name && row.acts.length === 0 ? '已处理，等上级确认' : `${row.claimedBy}说已处理`
  const said = row.next
    .slice(0, 2)
    .map((step, i) => stepWords(step, { me, holder: row.holder.id, again: i > 0 || row.began, now }))
  const followed = row.followedBy ? `${row.followedBy}在跟进` : null
  if (said.length === 0) return followed ?? (row.taskId ? '提醒过了，办完点一下左边的圈' : '不会再催了，办完记得说一声')
  return [followed, ...said].filter(Boolean).join('，')
}

type Step = { me: string; holder: string; again: boolean; now: When }

function stepWords({ at, people, noted }: NextStep, { me, holder, again, now }: Step): string {
  const when = formatSoon(at, now)
  const names = people.map(({ id, name }) => (id === me ? '你' : name)).join('、')
  if (noted) return `${when} 记下（试运行，不打扰${names}）`
  const reminds = people.some(({ id }) => id === holder)
  return reminds ? `${when} 会${again ? '再' : ''}提醒${names}` : `${when} 告诉${names}`
}

/** Why a level comes later than planned. */
export const heldWords: Record<string, string> = {
  quiet: '在安静时段，顺延到早上',
  'follow-up': '有人在跟进，先不催',
  later: '说了再说',
  claimed: '等上级确认',
  cap: '当天已经够多，放进汇总',
  merge: '同一客户刚提醒过，合并一起说',
  trial: '试运行：只记下，不打扰',
  settled: '已了结，没有再说',
  left: '已离职，没有再说',
}

/** What one channel can prove; WeCom has no read receipt. */
export function wayWords({ channel, state, reason, seenAt }: Way): { words: string; tone: Tone } {
  const name = wayLabel[channel]
  switch (state) {
    case 'queued':
      return { words: `${name}：正在发`, tone: 'plain' }
    case 'submitted':
      return seenAt ? { words: `${name}：已提交，之后活跃过`, tone: 'good' } : { words: `${name}：已提交`, tone: 'plain' }
    case 'delivered':
      return { words: `${name}：已送达`, tone: 'good' }
    case 'failed':
      return { words: `${name}：没送达${because(reason)}`, tone: 'bad' }
    case 'unknown':
      return { words: `${name}：不知道到没到，没有重发`, tone: 'bad' }
    case 'off':
      return { words: `${name}：未开通${because(reason)}`, tone: 'plain' }
    case 'dropped':
      return { words: `${name}：没有发${because(reason)}`, tone: 'plain' }
  }
}

const because = (reason: string | null) => (reason ? `（${reason}）` : '')

/** What stands beside a name on a rung. Null: it was said, and the channels tell the rest. */
export function toldWords({ state, why, at }: Told, now: When): string | null {
  const held = why ? (heldWords[why] ?? why) : null
  if (state === 'waiting') return `${held ?? '放一放'}，${formatSoon(at, now)} 说`
  if (state === 'would') return held ?? '试运行：只记下，不打扰'
  if (state === 'withdrawn') return held ?? '没有再说'
  return null
}

type Act = Extract<LadderEntry, { what: 'act' }>

export function actWords({ act, to }: Pick<Act, 'act'> & { to: { name: string } | null }): string {
  switch (act) {
    case 'follow-up':
      return '来跟进'
    case 'in-an-hour':
      return '一小时后再说'
    case 'tomorrow-morning':
      return '明早再说'
    case 'handled':
      return '说已处理'
    case 'hand-over':
      return `转给了${to?.name ?? '同事'}`
    case 'take-over':
      return '接手了'
    case 'push-back':
      return `退回给${to?.name ?? '同事'}跟`
    case 'nudge-rep':
      return `催了一下${to?.name ?? '同事'}`
    case 'call-lead':
      return '说自己来打这个电话'
    case 'reopen':
      return '还没办完，重新打开'
    default:
      return '确认处理好了'
  }
}

/** 「应用消息，收不到转短信、邮件」. */
export function routeWords(route: NextStep['route']): string {
  const [first, ...rest] = route.map((step) => step.map((channel) => channelLabel[channel]).join('和'))
  return rest.length > 0 ? `${first}，收不到转${rest.join('、')}` : (first ?? '')
}
