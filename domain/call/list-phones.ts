import type { Reader } from '../../lib/db.js'
import type { Secrets } from '../../lib/secret.js'
import { type Actor, contactVisibleTo } from '../person/actor.js'
import type { CallablePhone } from './call.contract.js'

/** The numbers of a contact whom this actor sees, as they are dialled: on their own screen they call from it. */
export async function listPhones(
  db: Reader,
  actor: Actor,
  { contactId, phones }: { contactId: string; phones: Secrets },
): Promise<CallablePhone[]> {
  const rows = await db.contactPhone.findMany({
    where: { contactId, contact: contactVisibleTo(actor) },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ id, sealed }) => {
    const number = phones.open(sealed)
    return { id, number, shown: number.replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3') }
  })
}
