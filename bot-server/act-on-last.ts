import { findLastSaid } from '../domain/reminders/find-last-said.js'
import type { ReminderRow } from '../domain/reminders/reminder.contract.js'
import { viewRows } from '../domain/reminders/view-rows.js'
import { formatSoon } from '../lib/format/soon.js'
import type { PersonCtx } from './define.js'

type Deed = {
  /** Does it; false: it came too late and changed nothing. */
  act(subjectId: string): Promise<boolean>
  /** What to answer, with the reminder as it stands then. */
  done(row: ReminderRow): string
  late(row: ReminderRow): string
}

/** A word to the bot is about what was said last. Where several may be meant, the answer begins with the one that it took. */
export async function actOnLast({ work, actor, say }: PersonCtx, { act, done, late }: Deed): Promise<void> {
  const [last, ...others] = await findLastSaid(work.tx, actor, work.now)
  if (!last) return say('这一天里没有提醒在等你，放心忙别的。要看全部，发「待办」。')
  const before = await view()
  const changed = await act(last.id)
  const row = changed ? ((await view()) ?? before) : before
  if (!row) return say('这条提醒已经了结了。')
  const words = changed ? done(row) : late(row)
  await say(others.length > 0 && before ? `「${before.title}」：${words}` : words)

  async function view() {
    const [viewed] = await viewRows(work.tx, actor, [last?.id ?? ''], { now: work.now, steps: 1 })
    return viewed?.row
  }
}

/** 「今天 18:00 会再提醒你」; null when nothing more is to come. */
export function nextWords({ next, holder }: ReminderRow, me: string, now: Date): string | null {
  const [step] = next
  if (!step) return null
  const when = formatSoon(step.at, now)
  const others = step.people.filter(({ id }) => id !== me).map(({ name }) => name)
  if (others.length === 0) return `${when} 会再提醒你`
  return `${when} 会${holder.id === me ? '告诉' : '提醒'}${others.join('、')}`
}
