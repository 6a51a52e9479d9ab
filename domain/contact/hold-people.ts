import type { Work } from '../work.js'
import { lockContacts } from './lock-contact.js'

/** What proves who somebody is: hashes of numbers, union ids. */
export type Proofs = { phones?: string[]; unionids?: string[] }

/**
 * Held until the work commits: who looks for whoever else has a number or a union id does so one after the other, so that
 * two who learn the same at once don't both find nobody. Before any contact: see holdPeople.
 */
export async function holdProofs(work: Pick<Work, 'tx'>, { phones = [], unionids = [] }: Proofs): Promise<void> {
  const keys = [...new Set([...phones.map((hash) => `phone:${hash}`), ...unionids.map((id) => `unionid:${id}`)])].sort()
  if (keys.length === 0) return
  await work.tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(${keys}::text[]) AS key`
}

/**
 * Contacts of whom more is being learnt, held with whoever may prove to be the same person. **One order for everybody, or two
 * works wait for each other: first the proofs, sorted, then all contacts, by id.** So whoever will resolve a contact holds it
 * this way before anything else of theirs. Returns the contacts to go on with, in the order asked for.
 */
export async function holdPeople(work: Pick<Work, 'tx'>, contactIds: string[], learnt: Proofs = {}): Promise<string[]> {
  const { tx } = work
  const of = { contactId: { in: contactIds } }
  const numbers = await tx.contactPhone.findMany({ where: of, select: { hash: true } })
  const known = await tx.identity.findMany({ where: { ...of, kind: 'unionid' }, select: { value: true } })
  const phones = [...(learnt.phones ?? []), ...numbers.map(({ hash }) => hash)]
  const unionids = [...(learnt.unionids ?? []), ...known.map(({ value }) => value)]
  await holdProofs(work, { phones, unionids })
  const same = await tx.contact.findMany({
    where: {
      mergedIntoId: null,
      OR: [
        { phones: { some: { hash: { in: phones } } } },
        { identities: { some: { kind: 'unionid', value: { in: unionids } } } },
      ],
    },
    select: { id: true },
  })
  const held = await lockContacts(work, [...contactIds, ...same.map(({ id }) => id)])
  return held.slice(0, contactIds.length)
}
