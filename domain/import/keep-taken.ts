import type { Reader } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { lockContacts } from '../contact/lock-contact.js'
import { joinCustomer } from '../first-contact/join-customer.js'
import { getActor } from '../person/actor.js'
import type { Work } from '../work.js'
import type { KnownContact, Taken, Taking } from './take-row.js'

/** The contacts of these customers, and those that rows were matched with. Who proved to be somebody else is left out. */
export async function findTaken(
  db: Reader,
  { customerIds, matchedIds }: { customerIds: string[]; matchedIds: string[] },
): Promise<Map<string, KnownContact>> {
  const found = await db.contact.findMany({
    where: { mergedIntoId: null, OR: [{ customerId: { in: [...new Set(customerIds)] } }, { id: { in: matchedIds } }] },
    select: { id: true, name: true, customerId: true },
  })
  return new Map(found.map((one) => [one.id, one]))
}

/** Writes what a batch of rows came to, and marks the rows: what was taken in is erased from the list. */
export async function keepTaken(work: Work, { made }: Taking, { byId, rows }: { byId: string; rows: Taken[] }): Promise<void> {
  const { tx, now } = work
  await tx.customer.createMany({
    data: [...made.customers.values()].map((one) => ({ ...one, source: 'import', createdAt: now })),
  })
  await tx.contact.createMany({ data: made.contacts.map((one) => ({ ...one, createdAt: now })) })
  const phones = made.phones.map((phone) => ({ id: newId(), ...phone, source: 'import', createdAt: now }))
  await tx.contactPhone.createMany({ data: phones, skipDuplicates: true })
  await join(work, made.joined, byId)
  const facts = [...made.facts]
  await tx.$executeRaw`
    UPDATE customer AS c SET tier = coalesce(c.tier, v.tier), last_order_on = greatest(c.last_order_on, v.day::date),
      owed_fen = coalesce(v.owed::bigint, c.owed_fen)
    FROM unnest(${facts.map(([id]) => id)}::uuid[], ${facts.map(([, one]) => one.tier)}::text[],
      ${facts.map(([, one]) => one.lastOrderOn)}::text[], ${facts.map(([, one]) => one.owedFen?.toString() ?? null)}::text[]) AS v(id, tier, day, owed)
    WHERE c.id = v.id AND num_nonnulls(v.tier, v.day, v.owed) > 0`
  await tx.$executeRaw`
    UPDATE customer_import_row AS r SET error = v.error, customer_id = v.customer_id, contact_id = v.contact_id,
      done_at = CASE WHEN v.error IS NULL THEN ${now}::timestamptz END, cells = CASE WHEN v.error IS NULL THEN '{}'::jsonb ELSE r.cells END
    FROM unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.error)}::text[], ${rows.map((row) => row.customerId)}::uuid[],
      ${rows.map((row) => row.contactId)}::uuid[]) AS v(id, error, customer_id, contact_id)
    WHERE r.id = v.id`
}

/**
 * Contacts of WeCom that rows were matched with belong to their customers now, by whoever brought the list. Whoever was new
 * is no longer: the clock of their first contact ends as if that had been tapped, and can be taken back like it.
 */
async function join(work: Work, joined: Taking['made']['joined'], byId: string): Promise<void> {
  const { tx } = work
  // In the order in which everybody holds contacts, whatever order the list has.
  await lockContacts(
    work,
    joined.map((one) => one.contactId),
  )
  const open = await tx.firstContact.findMany({
    where: { contactId: { in: joined.map((one) => one.contactId) }, state: { in: ['open', 'known', 'nurturing'] } },
    select: { id: true, contactId: true },
  })
  const firstOf = new Map(open.map((one) => [one.contactId, one.id]))
  const by = open.length > 0 ? await tx.person.findUniqueOrThrow({ where: { id: byId }, select: { leftAt: true } }) : null
  for (const { contactId, customerId } of joined) {
    const id = firstOf.get(contactId)
    if (id && by && !by.leftAt) await joinCustomer(work, await getActor(tx, byId), { id, customerId })
    else await tx.contact.updateMany({ where: { id: contactId, customerId: null }, data: { customerId } })
    await record(work, {
      actor: byId,
      verb: 'contact-joined',
      subject: `contact:${contactId}`,
      content: { customerId, by: 'import' },
    })
    work.touched.add(`chat:${contactId}`)
  }
}
