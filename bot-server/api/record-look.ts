import { recordReading } from '../../domain/audit/record-reading.js'
import { runWork } from '../../domain/work.js'
import type { ApiContext, ApiDeps } from './route.js'

/** A page that stands open fetches again and again: that is one look. */
const ONE_LOOK_MS = 3_600_000
const MOST_REMEMBERED = 2_000
/** When this process last wrote it down; another process may write the same hour once more. */
const looked = new Map<string, number>()

/** An administrator has a page before them that shows what a customer said: on record, once an hour. */
export async function recordLook(deps: ApiDeps, { state: { actor, trace } }: ApiContext, subject: string): Promise<void> {
  if (!actor.roles.includes('admin')) return
  const key = `${actor.personId} ${subject}`
  const now = deps.clock.machineNow().getTime()
  if (now - (looked.get(key) ?? 0) < ONE_LOOK_MS) return
  await runWork(deps, trace, (work) => recordReading(work, actor, { subject, how: 'page' }))
  looked.set(key, now)
  const [oldest] = looked.keys()
  if (looked.size > MOST_REMEMBERED && oldest) looked.delete(oldest)
}
