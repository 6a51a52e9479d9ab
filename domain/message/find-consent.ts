import type { Reader } from '../../lib/db.js'

/**
 * Whether a customer refused that the chat is archived: with whoever looks, else with any of ours who knows them. Nobody has
 * asked yet, or the platform does not say: then the archive itself shows what comes.
 */
export async function hasRefused(db: Reader, { contactId, personId }: { contactId: string; personId: string }): Promise<boolean> {
  const follows = await db.follow.findMany({
    where: { contactId, endedAt: null, consent: { not: null } },
    select: { personId: true, consent: true },
  })
  const own = follows.filter((follow) => follow.personId === personId)
  const asked = own.length > 0 ? own : follows
  return asked.length > 0 && asked.every(({ consent }) => consent === 'refused')
}
