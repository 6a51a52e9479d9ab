import { Prisma, type Reader } from '../../lib/db.js'
import { type Actor, visibleTo } from '../person/actor.js'
import { defaultCalm } from '../reminders/calm.contract.js'
import { weekOf } from '../reminders/calm.js'
import { CALM_RULE, parseCalm } from '../reminders/policy.js'
import { isOurTurn } from './is-our-turn.js'
import { readSilence } from './read-silence.js'
import type { Silence } from './silence.contract.js'

/** Days with a word from them that are looked at, back from the last one: a rhythm of long ago says little. */
const DAYS = 40

/**
 * `customerId` only of a customer that this actor sees: without one it is what they themselves talked about with the contact.
 * `contactId` null: a group, in which nobody in particular is looked at.
 */
type Whose = { contactId: string | null; customerId: string | null; now: Date }
type Line = { at: string; text: string | null } | null
type Row = { spoke: Date[]; theirs: Line; ours: Line; asked: boolean; lost: boolean; followed: boolean; calm: unknown }

/**
 * 沉默 of the whole company, whoever of them speaks in whichever chat, group or call; of one contact where there is no company.
 * One query. Only where the archive hears them: elsewhere nobody knows whether they are silent.
 */
export async function findSilence(db: Reader, actor: Actor, { contactId, customerId, now }: Whose): Promise<Silence | null> {
  const all = customerId !== null || Object.keys(visibleTo(actor)).length === 0
  const mine = (column: Prisma.Sql) => (all ? Prisma.empty : Prisma.sql`AND ${column} = ${actor.personId}::uuid`)
  const [row] = await db.$queryRaw<Row[]>`
    WITH who AS (
      SELECT k.id FROM contact k
      WHERE ${customerId === null ? Prisma.sql`k.id = ${contactId}::uuid` : Prisma.sql`k.customer_id = ${customerId}::uuid`}
        AND k.merged_into_id IS NULL
        AND NOT EXISTS (
          SELECT 1 FROM first_contact f WHERE f.contact_id = k.id
            AND (f.state IN ('not_customer', 'merged') OR (f.state = 'nurturing' AND (f.until IS NULL OR f.until > ${now}))))
        AND (EXISTS (SELECT 1 FROM follow l WHERE l.contact_id = k.id AND l.ended_at IS NULL)
          OR NOT EXISTS (SELECT 1 FROM follow l WHERE l.contact_id = k.id))
    ), said AS (
      SELECT m.said_at AS at, m.speaker = 'customer' AS theirs, m.speaker = 'rep' AS ours, m.text
      FROM message m WHERE m.contact_id IN (SELECT id FROM who) AND m.said_at <= ${now} ${mine(Prisma.sql`m.person_id`)}
      UNION ALL
      SELECT m.said_at, m.speaker = 'customer', m.speaker = 'rep', m.text
      FROM message m JOIN customer_group g ON g.id = m.group_id
      WHERE g.customer_id = ${customerId}::uuid AND m.said_at <= ${now}
      UNION ALL
      SELECT c.started_at, connected OR c.direction = 'in', connected OR c.direction = 'out', NULL
      FROM call c, LATERAL (SELECT c.outcome IS NOT DISTINCT FROM 'connected' AS connected) AS x
      WHERE c.contact_id IN (SELECT id FROM who) AND c.started_at <= ${now} ${mine(Prisma.sql`c.person_id`)}
    )
    SELECT
      ARRAY(SELECT max(at) FROM said WHERE theirs GROUP BY (at AT TIME ZONE 'Asia/Shanghai')::date ORDER BY 1 DESC LIMIT ${DAYS}) AS spoke,
      (SELECT json_build_object('at', at, 'text', text) FROM said WHERE theirs ORDER BY at DESC LIMIT 1) AS theirs,
      (SELECT json_build_object('at', at, 'text', text) FROM said WHERE ours ORDER BY at DESC LIMIT 1) AS ours,
      EXISTS (
        SELECT 1 FROM ask a JOIN requirement_change q ON q.id = a.change_id JOIN requirement r ON r.id = q.requirement_id
        WHERE r.customer_id = ${customerId}::uuid AND q.undone_at IS NULL AND a.answered_at IS NULL AND a.closed_at IS NULL
      ) AS asked,
      EXISTS (SELECT 1 FROM archive_cursor WHERE gap IS NOT NULL) AS lost,
      (${contactId}::uuid IS NULL OR EXISTS (SELECT 1 FROM who WHERE id = ${contactId}::uuid)) AS followed,
      (SELECT value FROM rule WHERE name = ${CALM_RULE} ORDER BY version DESC LIMIT 1) AS calm`
  if (!row || row.lost || row.spoke.length === 0) return null
  // Colleagues who still owe the rep an answer: the customer waits for us.
  const ourTurn = row.asked || isOurTurn(lineOf(row.theirs), lineOf(row.ours))
  const week = weekOf(parseCalm(row.calm) ?? defaultCalm)
  return readSilence({ spoke: row.spoke, ourTurn, closed: !row.followed }, { now, week })
}

const lineOf = (line: Line) => line && { at: new Date(line.at), text: line.text }
