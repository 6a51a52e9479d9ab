import type { ReminderRow, ReminderShow } from '../../../../domain/reminders/reminder.contract.js'
import type { IconName } from '../../components/icons.js'

type Group = { title: string; rows: ReminderRow[] }

/** 「等你」 before 「还没到时候」; the other lists are one. */
export function groupRows(rows: ReminderRow[], show: ReminderShow): Group[] {
  const isLater = (row: ReminderRow) => show === 'mine' && !row.began && row.target !== null && row.settledAt === null
  const groups = [
    { title: '等你', rows: rows.filter((row) => !isLater(row)) },
    { title: '还没到时候', rows: rows.filter(isLater) },
  ]
  return groups.filter((group) => group.rows.length > 0)
}

export const EMPTY: Record<ReminderShow, { icon: IconName; title: string; words: string }> = {
  mine: { icon: 'check', title: '一件不漏，都办完了', words: '去喝口茶吧，有事我会来叫你' },
  team: { icon: 'check', title: '团队手上一件不剩', words: '难得，今天可以夸夸大家' },
  trial: { icon: 'clock', title: '没有要告诉你的', words: '试运行期间，本来会惊动你的事先记在这里，看看合不合适' },
  settled: { icon: 'clock', title: '还没有了结的事', words: '办完的会留在这里，随时能翻' },
}
