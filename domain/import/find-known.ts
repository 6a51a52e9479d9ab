import type { Reader } from '../../lib/db.js'
import { companyKey, personKey } from './name-keys.js'

/** Customers by how their names compare. Of several with one name the oldest. */
export async function findCustomers(db: Reader): Promise<Map<string, string>> {
  const all = await db.$queryRaw<{ id: string; name: string }[]>`SELECT id, name FROM customer ORDER BY created_at DESC, id DESC`
  return new Map(all.map(({ id, name }) => [companyKey(name), id]))
}

/** The customer made last; ids sort by the time they were made. */
export async function findNewest(db: Reader): Promise<string | null> {
  const newest = await db.customer.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
  return newest?.id ?? null
}

export type Holder = { contactId: string; customerId: string | null; name: string; isExternal: boolean }

/**
 * Who has one of these numbers, by the number's hash. Contacts that proved to be others are not looked at. The numbers first,
 * whatever the planner believes: in the middle of an import it knows nothing yet of what was just written.
 */
export async function findHolders(db: Reader, hashes: string[]): Promise<Map<string, Holder[]>> {
  const rows = await db.$queryRaw<(Omit<Holder, 'contactId'> & { hash: string; contactId: string })[]>`
    WITH p AS MATERIALIZED (SELECT hash, contact_id FROM contact_phone WHERE hash = ANY(${[...new Set(hashes)]}::text[]))
    SELECT p.hash, c.id AS "contactId", c.customer_id AS "customerId", c.name,
      EXISTS (SELECT 1 FROM identity i WHERE i.contact_id = c.id AND i.kind = 'external') AS "isExternal"
    FROM p JOIN contact c ON c.id = p.contact_id AND c.merged_into_id IS NULL ORDER BY c.created_at, c.id`
  const byHash = new Map<string, Holder[]>()
  for (const { hash, ...holder } of rows) byHash.set(hash, [...(byHash.get(hash) ?? []), holder])
  return byHash
}

/**
 * WeCom contacts without a company of ours, by company and name as their profile or a colleague's remark has them: a remark
 * 「华强五金 王总」 counts for both. Null: two people answer to that, nobody can say which.
 */
export async function findByName(db: Reader): Promise<Map<string, string | null>> {
  const rows = await db.$queryRaw<
    { id: string; name: string; corp: string | null; remark: string | null; company: string | null }[]
  >`
    SELECT c.id, c.name, c.corp_name AS corp, f.remark, f.remark_company AS company
    FROM contact c JOIN follow f ON f.contact_id = c.id AND f.ended_at IS NULL
    WHERE c.customer_id IS NULL AND c.merged_into_id IS NULL AND (c.corp_name IS NOT NULL OR f.remark_company IS NOT NULL OR f.remark IS NOT NULL)`
  const found = new Map<string, string | null>()
  for (const { id, name, corp, remark, company } of rows) {
    const parts = (remark ?? '').split(/[\s\-—–_/|·,，、（()）]+/).filter(Boolean)
    const companies = [corp, company, ...(parts.length > 1 ? parts : [])].filter((one): one is string => Boolean(one))
    const names = [name, remark, ...parts].filter((one): one is string => Boolean(one))
    for (const key of new Set(companies.flatMap((of) => names.map((who) => nameKey(of, who)))))
      found.set(key, found.has(key) && found.get(key) !== id ? null : id)
  }
  return found
}

export const nameKey = (company: string, person: string) => `${companyKey(company)}\n${personKey(person)}`
