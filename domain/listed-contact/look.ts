import { shanghaiDay } from '../../lib/format/dates.js'
import { minuteOf } from '../../lib/working-days.js'
import { onceADay } from '../chore.js'
import { later } from '../outbox.js'
import type { Work } from '../work.js'

/** Looks that began are chores of this name, those that were read to their end of the other. */
const BEGAN = 'dingtalk-contacts'
const READ = 'dingtalk-contacts-read'

/** Events about external contacts go to third-party apps alone, so somebody looks. Contacts are free of charge, not of manners. */
const OFTEN_MS = 10 * 60_000
const SELDOM_MS = 60 * 60_000
/** When people work, by the clock of Shanghai. */
const FROM = 7 * 60 + 30
const UNTIL = 21 * 60
/** Who was away so long finds history, as at the first look: nobody could say since when a line stands there. */
const AWAY_MS = 7 * 24 * 3_600_000
const KEEP_MS = 2 * 24 * 3_600_000

/** Every ten minutes while people work, else every hour; never a second look while one is under way. */
export async function lookForDingtalkContacts(work: Work): Promise<void> {
  const minute = minuteOf(work.now)
  const every = minute >= FROM && minute < UNTIL ? OFTEN_MS : SELDOM_MS
  const slot = new Date(Math.floor(work.now.getTime() / every) * every).toISOString()
  if ((await work.tx.chore.count({ where: { name: BEGAN, day: slot } })) > 0) return
  const under = await work.tx.outbox.count({ where: { kind: 'list-dingtalk-contacts', state: 'open' } })
  if (under > 0 || !(await onceADay(work, BEGAN, slot))) return
  await work.tx.chore.deleteMany({ where: { name: BEGAN, at: { lt: new Date(work.now.getTime() - KEEP_MS) } } })
  await readListed(work, { run: slot, startedAt: work.now.toISOString(), whole: await isFirstToday(work), offset: 0 })
}

export type ListedPage = { run: string; startedAt: string; whole: boolean; offset: number }

/** One look is one lane: its pages are read one after the other. */
export const readListed = (work: Work, page: ListedPage, apartMs = 0): Promise<void> =>
  later(work, {
    kind: 'list-dingtalk-contacts',
    key: `list-dingtalk-contacts:${page.run}:${page.offset}`,
    lane: 'dingtalk-contacts',
    payload: page,
    notBefore: new Date(work.now.getTime() + apartMs),
  })

/** Once a day every line is gone through as if it were new to us: whatever went another way meanwhile is put right. */
async function isFirstToday(work: Work): Promise<boolean> {
  const last = await work.tx.chore.findFirst({ where: { name: READ }, orderBy: { at: 'desc' }, select: { at: true } })
  return !last || shanghaiDay(last.at) !== shanghaiDay(work.now)
}

/** What stands there is history: no look before this one was ever read to its end, or only long ago. */
export async function isHistory(work: Pick<Work, 'tx'>, { run, startedAt }: ListedPage): Promise<boolean> {
  const since = new Date(new Date(startedAt).getTime() - AWAY_MS)
  return (await work.tx.chore.count({ where: { name: READ, day: { not: run }, at: { gte: since } } })) === 0
}

/** This look was read to its end. */
export async function noteRead(work: Work, { run, startedAt }: ListedPage): Promise<void> {
  await onceADay({ ...work, now: new Date(startedAt) }, READ, run)
  await work.tx.chore.deleteMany({ where: { name: READ, at: { lt: new Date(new Date(startedAt).getTime() - KEEP_MS) } } })
}
