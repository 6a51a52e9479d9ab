import { shanghaiDay } from '../../lib/format/dates.js'
import type { Work } from '../work.js'

type Day = {
  at: Date
  chats: number
  messages: number
  replyPercent: number | null
  firstReplyMinutes: number | null
  lost: number
  applied: number
  added: number
}
type Window = { personId: string; from: string; to: string }

/** What the platform said of somebody from one day to another; saying it again changes nothing. */
export async function keepBehaviour(work: Work, { personId, from, to }: Window, days: Day[]): Promise<void> {
  await work.tx.behaviourDay.deleteMany({ where: { personId, day: { gte: from, lte: to } } })
  await work.tx.behaviourDay.createMany({
    data: days
      .map(({ at, ...day }) => ({ personId, day: shanghaiDay(at), ...day }))
      .filter(({ day }) => day >= from && day <= to),
    skipDuplicates: true,
  })
  const before = await work.tx.behaviourState.findUnique({ where: { personId } })
  const known = {
    fromDay: before?.fromDay && before.fromDay < from ? before.fromDay : from,
    toDay: before?.toDay && before.toDay > to ? before.toDay : to,
  }
  const state = { ...known, why: null, at: work.now }
  await work.tx.behaviourState.upsert({ where: { personId }, create: { personId, ...state }, update: state })
}

/** The platform would not say: why, until it does. */
export async function noteUntold(work: Work, personId: string, why: string): Promise<void> {
  const state = { why, at: work.now }
  await work.tx.behaviourState.upsert({ where: { personId }, create: { personId, ...state }, update: state })
}
