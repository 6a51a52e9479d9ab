import { formatDayShort, isIsoDay } from '../../../lib/format/dates.js'
import type { CalmDraft } from './settings.contract.js'

/** Each rule's name and how its value is said; the order is that of the form. */
export const calmWords: Record<string, { label: string; say(calm: CalmDraft): string }> = {
  quiet: {
    label: '安静时间',
    say: ({ quiet }) =>
      quiet.from === quiet.to ? '没有' : `${quiet.from} 到${quiet.to <= quiet.from ? '第二天 ' : ' '}${quiet.to}`,
  },
  daysOffQuiet: { label: '休息日', say: ({ daysOffQuiet }) => (daysOffQuiet ? '不打扰' : '照常提醒') },
  week: {
    label: '工作周',
    say: ({ week, longWeek }) =>
      week === 'five' ? '五天' : week === 'six' ? '单休' : `大小周（${longDay(longWeek)}那周上六天）`,
  },
  workHours: { label: '上班时间', say: ({ workHours }) => `${workHours.from} 到 ${workHours.to}` },
  morning: { label: '早上的提醒', say: ({ morning }) => morning },
  capRep: { label: '销售每天最多', say: ({ cap }) => `${cap.rep ?? '?'} 张` },
  capManager: { label: '主管和经理每天最多', say: ({ cap }) => `${cap.manager ?? '?'} 张` },
  digests: { label: '汇总时间', say: ({ digests }) => [...digests].sort().join('、') || '还没有' },
  mergeMinutes: { label: '同一位客户', say: ({ mergeMinutes }) => (mergeMinutes ? `${mergeMinutes} 分钟内并成一张` : '不合并') },
  trialDays: { label: '试运行', say: ({ trialDays }) => (trialDays ? `${trialDays} 天` : '没有') },
}

const longDay = (day: string | null) => (day && isIsoDay(day) ? formatDayShort(day, day) : '还没选')

/** The rules in a few lines, for the list. */
export const calmLines = (calm: CalmDraft): string[] => {
  const say = (name: string) => calmWords[name]?.say(calm) ?? ''
  return [
    `${say('quiet')} 安静，休息日${say('daysOffQuiet')}`,
    `工作周：${say('week')}，${say('workHours')}`,
    `每天最多 ${say('capRep')}（主管和经理 ${say('capManager')}），多出来的在 ${say('digests')} 汇总`,
  ]
}
