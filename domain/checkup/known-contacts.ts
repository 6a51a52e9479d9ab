import { Prisma } from '../../lib/db.js'
import { inTeam } from '../leak/counted.js'
import type { Actor } from '../person/actor.js'

/**
 * SQL: every WeCom contact that somebody in scope has, one row each. Only relations that stand count (nobody deleted the
 * other), and only people who are there. `reps`: how many of ours have them, in scope or not.
 */
export const knownContacts = (actor: Actor): Prisma.Sql => Prisma.sql`
  SELECT c.id, c.name, c.customer_id, count(*)::int AS reps, min(f.person_id::text) AS rep,
    bool_or(jsonb_array_length(CASE WHEN jsonb_typeof(f.tags) = 'array' THEN f.tags ELSE '[]' END) > 0) AS tagged,
    EXISTS (SELECT 1 FROM contact_phone p WHERE p.contact_id = c.id) AS has_phone,
    NOT (c.customer_id IS NULL AND coalesce(c.corp_name, '') = '' AND coalesce(max(f.remark_company), '') = '') AS has_company
  FROM contact c JOIN follow f ON f.contact_id = c.id AND f.ended_at IS NULL JOIN person ON person.id = f.person_id AND person.left_at IS NULL
  WHERE c.merged_into_id IS NULL AND EXISTS (SELECT 1 FROM identity i WHERE i.contact_id = c.id AND i.kind = 'external')
  GROUP BY c.id HAVING bool_or(${inTeam(actor)})`

/**
 * What the items ask of such a contact. 只有一个人认识 is asked of customers (one-rep.ts): a contact whom one rep has is the
 * rule, a company that only one of ours knows anybody at is a risk.
 */
export const contactTests = {
  'no-company': Prisma.sql`NOT has_company`,
  'no-phone': Prisma.sql`NOT has_phone`,
  'two-reps': Prisma.sql`reps >= 2`,
  'no-tag': Prisma.sql`NOT tagged`,
}

/** Customers with such a contact, by how many of ours know anybody there. */
export const knownCustomers = (actor: Actor): Prisma.Sql => Prisma.sql`
  SELECT k.customer_id AS id, count(DISTINCT f.person_id)::int AS reps, count(DISTINCT k.id)::int AS contacts, min(k.id::text) AS contact_id
  FROM (${knownContacts(actor)}) AS k JOIN follow f ON f.contact_id = k.id AND f.ended_at IS NULL
  JOIN person ON person.id = f.person_id AND person.left_at IS NULL
  WHERE k.customer_id IS NOT NULL GROUP BY k.customer_id`
