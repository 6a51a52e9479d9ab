import type { Reader } from '../../lib/db.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { onceADay } from '../chore.js'
import { later } from '../outbox.js'
import type { Work } from '../work.js'

/** Looks at DingTalk's directory are chores of this name; their `day` is the run. */
const LOOK = 'dingtalk-directory'
const ROOT = 1
/** A reorganisation tells of each department by itself: one look for all of them. */
const SOON_MS = 10 * 60_000

/** 钉钉通讯录, once a day, and at once where nobody has ever looked. */
export async function lookAtDingtalk(work: Work, { early }: { early: boolean }): Promise<void> {
  if (early && (await work.tx.chore.count({ where: { name: LOOK } })) > 0) return
  const day = shanghaiDay(work.now)
  if (await onceADay(work, LOOK, day)) await askRoot(work, day, work.now)
}

/** A department changed: the directory is read within ten minutes, once for all that changes until then. */
export async function lookAtDingtalkSoon(work: Work): Promise<void> {
  const at = new Date(Math.ceil((work.now.getTime() + 1) / SOON_MS) * SOON_MS)
  const run = `soon:${at.toISOString()}`
  if (await onceADay(work, LOOK, run)) await askRoot(work, run, at)
}

const askRoot = (work: Work, run: string, notBefore: Date): Promise<void> =>
  later(work, {
    kind: 'list-dingtalk-department',
    key: `list-dingtalk-department:${run}:${ROOT}`,
    lane: `dingtalk-directory:${run}:${ROOT}`,
    payload: { run, department: ROOT, name: '', leaders: [] },
    notBefore,
  })

/** A later look began: what this one still has to read, that one reads as it is by then. */
export async function isOldDingtalkLook(db: Reader, run: string): Promise<boolean> {
  const mine = await db.chore.findUnique({ where: { name_day: { name: LOOK, day: run } }, select: { at: true } })
  return mine !== null && (await db.chore.count({ where: { name: LOOK, at: { gt: mine.at } } })) > 0
}
