import { later, laterAll } from '../outbox.js'
import { ensurePersons } from '../person/ensure-persons.js'
import type { Work } from '../work.js'
import { askTags } from './ask-tags.js'
import { lastRun } from './edge.js'

/** Members begin one after the other: a company that connects asks the platform for a few things a second, not for all. */
const APART_MS = 500

type Members = { run: string; organisation: string; userids: string[] }

/** Each member who may have customers is looked at, the company's tags, and the groups. */
export async function spreadSync(work: Work, { run, organisation, userids }: Members): Promise<void> {
  const startedAt = work.now.toISOString()
  const last = (await lastRun(work, run))?.toISOString() ?? null
  const people = await ensurePersons(work, { platform: 'wecom', organisation, kind: 'member' }, userids)
  await laterAll(
    work,
    people.map((personId, n) => ({
      kind: 'list-contacts',
      key: `list-contacts:${run}:${personId}`,
      lane: `contacts:${personId}`,
      payload: { personId, run, startedAt, last },
      notBefore: new Date(work.now.getTime() + n * APART_MS),
    })),
  )
  await askTags(work, run)
  await later(work, { kind: 'list-groups', key: `list-groups:${run}:0`, lane: 'groups', payload: { run, cursor: null, page: 0 } })
}
