import { later } from '../outbox.js'
import { ensureContact } from '../person/identify.js'
import type { Work } from '../work.js'
import { addKey } from './add-key.js'
import { findEdge, noteSwept } from './edge.js'
import { readPage } from './read-page.js'

/** So few are asked for one by one, with all who follow them; more are read in pages. */
const FEW = 20
const APART_MS = 1_000

export type Listed = {
  personId: string
  organisation: string
  userid: string
  run: string
  /** When this look began, and when the one before it did; null at the first connect. ISO. */
  startedAt: string
  last: string | null
  externalUserIds: string[]
}

/**
 * Whom the platform lists as a member's customers, against whom we know as such: an event that never came is made up for.
 * A list without anybody new was read to its end. What is asked for now moves the edge at the next look, once it is here.
 */
export async function compareList(work: Work, listed: Listed): Promise<void> {
  const { personId, organisation, run, startedAt, last } = listed
  await endUnlisted(work, listed)
  const missing = await findMissing(work, listed)
  if (missing.length === 0) return noteSwept(work, personId, { run, startedAt: new Date(startedAt) })
  // At the first connect all that there is by now is history.
  const edge = (await findEdge(work, personId, last ? new Date(last) : null))?.toISOString() ?? startedAt
  if (missing.length > FEW) return readPage(work, { personId, run, startedAt, edge, cursor: null, page: 0 })
  for (const [n, value] of missing.entries()) {
    const contactId = await ensureContact(work, { platform: 'wecom', organisation, kind: 'external', value }, { fetch: false })
    await later(work, {
      kind: 'fetch-contact',
      key: `fetch-contact:${contactId}:${run}:${personId}`,
      lane: `contact:${contactId}`,
      payload: { contactId, edge },
      notBefore: new Date(work.now.getTime() + n * APART_MS),
    })
  }
}

/** Those without the touch of their adding, or whom we don't know this member to follow. */
async function findMissing(work: Work, { personId, organisation, userid, externalUserIds }: Listed): Promise<string[]> {
  const key = addKey({ organisation, userid, externalUserId: '' })
  const rows = await work.tx.$queryRaw<{ id: string }[]>`
    SELECT v.id FROM unnest(${externalUserIds}::text[]) AS v(id)
    WHERE NOT EXISTS (SELECT 1 FROM touch t WHERE t.key = ${key} || v.id)
      OR NOT EXISTS (
        SELECT 1 FROM identity i JOIN follow f ON f.contact_id = i.contact_id AND f.person_id = ${personId}::uuid
        WHERE i.platform = 'wecom' AND i.organisation = ${organisation} AND i.kind = 'external' AND i.value = v.id
          AND f.add_way IS NOT NULL AND (f.ended_at IS NULL OR f.ended_by = 'customer'))`
  return rows.map((row) => row.id)
}

/** Whom the member deleted without our hearing of it. Whoever came since the look began may not be on the list yet. */
async function endUnlisted(work: Work, { personId, organisation, startedAt, externalUserIds }: Listed): Promise<void> {
  await work.tx.$executeRaw`
    UPDATE follow SET ended_at = ${work.now}, ended_by = 'rep'
    WHERE person_id = ${personId}::uuid AND ended_at IS NULL AND add_way IS NOT NULL AND since < ${new Date(startedAt)}
      AND NOT EXISTS (
        SELECT 1 FROM identity i WHERE i.contact_id = follow.contact_id AND i.platform = 'wecom' AND i.kind = 'external'
          AND i.organisation = ${organisation} AND i.value = ANY (${externalUserIds}::text[]))`
}
