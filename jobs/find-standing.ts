import type { Reader } from '../lib/db.js'

/** The contact that this one proved to be by now. */
export async function findStanding(db: Reader, contactId: string): Promise<string> {
  const contact = await db.contact.findUniqueOrThrow({ where: { id: contactId }, select: { id: true, mergedIntoId: true } })
  return contact.mergedIntoId ? findStanding(db, contact.mergedIntoId) : contact.id
}
