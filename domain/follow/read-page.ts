import { sha256 } from '../../lib/ids.js'
import { keepLines } from '../customer/keep-profile.js'
import { type Effects, later } from '../outbox.js'
import { ensureContact } from '../person/identify.js'
import type { Work } from '../work.js'
import { askTags } from './ask-tags.js'
import { noteSwept } from './edge.js'
import type { Profile } from './profile.js'

type Page = Effects['backfill-contacts']

/** The platform and our own database get a breath between two pages. */
const APART_MS = 1_000
/** A guard against a list that never ends: more than any member can have. */
const MOST_PAGES = 2_000

/** One page of a member's customers is read next; the page after it is asked for by its receipt. */
export async function readPage(work: Work, page: Page): Promise<void> {
  await later(work, {
    kind: 'backfill-contacts',
    key: `backfill-contacts:${page.run}:${page.personId}:${page.page}:${sha256(page.cursor ?? '').slice(0, 16)}`,
    lane: `contacts:${page.personId}`,
    payload: page,
    notBefore: new Date(work.now.getTime() + (page.page > 0 ? APART_MS : 0)),
  })
}

type Read = { organisation: string; profiles: Profile[]; next: string | null }

/** What stood on one page. After the last one the member's list was read to its end, and the tags get their names. */
export async function keepPage(work: Work, page: Page, { organisation, profiles, next }: Read): Promise<void> {
  const edge = new Date(page.edge)
  const lines = []
  // In one order, so that two lists with the same people don't wait for each other.
  for (const profile of [...profiles].sort((a, b) => (a.externalUserId < b.externalUserId ? -1 : 1))) {
    const value = profile.externalUserId
    const contactId = await ensureContact(work, { platform: 'wecom', organisation, kind: 'external', value }, { fetch: false })
    lines.push({ contactId, organisation, profile, edge: async () => edge })
  }
  await keepLines(work, lines)
  if (next && page.page < MOST_PAGES) return readPage(work, { ...page, cursor: next, page: page.page + 1 })
  await noteSwept(work, page.personId, { run: page.run, startedAt: new Date(page.startedAt) })
  await askTags(work, `${page.run}:${page.personId}`)
}
