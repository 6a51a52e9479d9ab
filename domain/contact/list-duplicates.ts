import * as z from 'zod/mini'
import { Prisma, type Reader } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'
import { readPlace, writePlace } from '../place.js'
import { companyCore } from './company-core.js'
import { contactsSeen } from './contacts-seen.js'
import type { DuplicateList, Duplicates, Likeness } from './merge.contract.js'
import { viewSides } from './view-side.js'

const PAGE = 30
/** Of a pair the later contact, then the earlier. */
const place = z.tuple([z.uuid(), z.uuid()])

type Pair = { a: string; b: string; phone: boolean; named: boolean }

/**
 * Every pair of contacts of whom findSame would say beside a chat that they may be one, those with the newest contact first:
 * the same number, or the same name at the same company, and nobody said that they are two. Only of contacts that the actor
 * sees both of. `after` is what the page before ended with.
 */
export async function listDuplicates(db: Reader, actor: Actor, { after }: { after: string | null }): Promise<DuplicateList> {
  const rows = await db.$queryRaw<Pair[]>`
    WITH seen AS (
      SELECT c.id, c.provisional, c.customer_id, c.corp_name, lower(btrim(c.name)) AS called FROM contact c
      WHERE c.merged_into_id IS NULL AND ${contactsSeen(actor)}),
    -- A company costs more than a name to compare: asked only of those whose name stands there twice.
    twice AS (SELECT * FROM (
      SELECT *, count(*) OVER (PARTITION BY called) AS many FROM seen WHERE NOT provisional) AS named WHERE many > 1),
    company AS (
      SELECT DISTINCT twice.id, twice.called, ${companyCore(Prisma.sql`one.name`)} AS core FROM twice
      LEFT JOIN customer ON customer.id = twice.customer_id
      CROSS JOIN LATERAL (
        SELECT customer.name UNION SELECT twice.corp_name
        UNION SELECT follow.remark_company FROM follow WHERE follow.contact_id = twice.id) AS one
      WHERE one.name <> ''),
    pair AS (
      SELECT p.contact_id AS a, q.contact_id AS b, true AS phone FROM contact_phone p
      JOIN contact_phone q ON q.hash = p.hash AND q.contact_id > p.contact_id
      WHERE p.contact_id IN (SELECT id FROM seen) AND q.contact_id IN (SELECT id FROM seen)
      UNION ALL
      SELECT p.id, q.id, false FROM company p JOIN company q ON q.called = p.called AND q.core = p.core AND q.id > p.id)
    SELECT a, b, bool_or(phone) AS phone, bool_or(NOT phone) AS named FROM pair
    WHERE ${behind(after)} AND NOT EXISTS (SELECT 1 FROM contact_merge m WHERE m.undone_at IS NOT NULL
      AND ((m.winner_id = a AND m.loser_id = b) OR (m.winner_id = b AND m.loser_id = a)))
    GROUP BY a, b ORDER BY b DESC, a DESC LIMIT ${PAGE + 1}`
  return view(db, actor, rows)
}

/** Who was said to be two, in the same order: it can be taken back. */
export async function listApart(db: Reader, actor: Actor, { after }: { after: string | null }): Promise<DuplicateList> {
  const rows = await db.$queryRaw<Pair[]>`
    WITH seen AS (SELECT c.id FROM contact c WHERE c.merged_into_id IS NULL AND ${contactsSeen(actor)}),
    pair AS (
      SELECT DISTINCT least(m.winner_id, m.loser_id) AS a, greatest(m.winner_id, m.loser_id) AS b FROM contact_merge m
      WHERE ${isApartRow} AND m.winner_id IN (SELECT id FROM seen) AND m.loser_id IN (SELECT id FROM seen))
    SELECT a, b, false AS phone, false AS named FROM pair WHERE ${behind(after)} ORDER BY b DESC, a DESC LIMIT ${PAGE + 1}`
  return view(db, actor, rows)
}

/** 不是同一个人, said by a person: over as it began. A merge that was undone lasted. */
const isApartRow = Prisma.sql`m.undone_at = m.at AND m.by_id IS NOT NULL`

async function view(db: Reader, actor: Actor, rows: Pair[]): Promise<DuplicateList> {
  const page = rows.slice(0, PAGE)
  const sides = await viewSides(
    db,
    page.flatMap(({ a, b }) => [a, b]),
  )
  const last = page.at(-1)
  return {
    me: actor.personId,
    rows: page.flatMap(({ a, b, phone, named }): Duplicates[] => {
      const [one, other] = [sides.get(a), sides.get(b)]
      const why: Likeness[] = [...(phone ? ['phone' as const] : []), ...(named ? ['same-company' as const] : [])]
      return one && other ? [{ id: `${a} ${b}`, a: one, b: other, why }] : []
    }),
    next: rows.length > PAGE && last ? writePlace([last.b, last.a]) : null,
  }
}

function behind(after: string | null): Prisma.Sql {
  if (after === null) return Prisma.sql`TRUE`
  const [b, a] = readPlace(place, after)
  return Prisma.sql`(b, a) < (${b}::uuid, ${a}::uuid)`
}
