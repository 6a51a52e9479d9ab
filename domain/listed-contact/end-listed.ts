import { lockContact } from '../contact/lock-contact.js'
import { findContactId } from '../person/identify.js'
import type { Work } from '../work.js'
import type { List } from './known-lines.js'
import { holdList, noteGone } from './known-lines.js'

type Ended = { contactId: string; list: List; value: string; userids: string[] }

/** These have the line no more. Whom WeCom names, or another line of the same person, goes on knowing them. */
export async function endListed(work: Work, { contactId, list, value, userids }: Ended): Promise<void> {
  if (userids.length === 0) return
  await work.tx.$executeRaw`
    UPDATE follow SET ended_at = ${work.now}, ended_by = 'rep'
    WHERE contact_id = ${contactId}::uuid AND ended_at IS NULL AND add_way IS NULL
      AND person_id IN (SELECT person_id FROM identity WHERE platform = 'dingtalk' AND organisation = ${list.organisation}
        AND kind = 'member' AND value = ANY(${userids}::text[]))
      AND NOT EXISTS (
        SELECT 1 FROM identity c JOIN listed_contact l ON l.value = c.value AND l.organisation = c.organisation AND l.gone_at IS NULL
          JOIN identity m ON m.platform = 'dingtalk' AND m.organisation = c.organisation AND m.kind = 'member'
            AND m.value = ANY(l.followers) AND m.person_id = follow.person_id
        WHERE c.contact_id = follow.contact_id AND c.platform = l.platform AND NOT (l.platform = ${list.platform} AND l.value = ${value}))`
}

type Missed = { value: string; run: string }

/** The platform says that it is no more: nobody of ours has it. Said twice is said once; a look that met it since knows better. */
export async function endLine(work: Work, list: List, { value, run }: Missed): Promise<void> {
  await holdList(work, list)
  const found = await findContactId(work, { ...list, kind: 'external', value })
  const contactId = found ? await lockContact(work, found) : null
  const [line] = await work.tx.$queryRaw<{ followers: string[] }[]>`
    SELECT followers FROM listed_contact WHERE platform = ${list.platform} AND organisation = ${list.organisation}
      AND value = ${value} AND gone_at IS NULL AND run <= ${run} FOR UPDATE`
  if (!line) return
  if (contactId) {
    await endListed(work, { contactId, list, value, userids: line.followers })
    work.touched.add(`chat:${contactId}`)
  }
  await noteGone(work, list, value)
}
