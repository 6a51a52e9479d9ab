import type { Reader } from '../../lib/db.js'
import { onceADay } from '../chore.js'
import { later } from '../outbox.js'
import type { Work } from '../work.js'

/** Looks at the directory are chores of this name; their `day` is the run. */
export const LOOK = 'directory'

/** 通讯录: who is there, in which department, under whom. Once a day, before anybody works. */
export async function lookDaily(work: Work, day: string): Promise<void> {
  if (await onceADay(work, LOOK, day)) await askDepartments(work, day)
}

/** An administrator wants it now. */
export async function lookNow(work: Work, requestId: string): Promise<void> {
  const run = `by:${requestId}`
  if (await onceADay(work, LOOK, run)) await askDepartments(work, run)
}

const askDepartments = (work: Work, run: string): Promise<void> =>
  later(work, { kind: 'list-departments', key: `list-departments:${run}`, lane: `directory:${run}`, payload: { run } })

/** A later look began: what this one still has to read, that one reads as it is by then. */
export async function isOldLook(db: Reader, run: string): Promise<boolean> {
  const mine = await db.chore.findUnique({ where: { name_day: { name: LOOK, day: run } }, select: { at: true } })
  return mine !== null && (await db.chore.count({ where: { name: LOOK, at: { gt: mine.at } } })) > 0
}
