import { assertCustomer } from '../customer/open-chat.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { carryTo } from './carry.js'
import { claim, close } from './close.js'
import { getFirstContact } from './find-first-contact.js'
import type { FirstContactView } from './first-contact.contract.js'

/**
 * 老客户的新联系人: joins that company. A colleague's customer only where it was proposed: then the name on the card is no
 * news to the rep, and that they are known is the very point.
 */
export async function joinCustomer(
  work: Work,
  actor: Actor,
  { id, customerId }: { id: string; customerId: string },
): Promise<FirstContactView> {
  const row = await claim(work, actor, id)
  if (row.state === 'joined' && row.contact.customerId === customerId)
    return getFirstContact(work.tx, actor, { id, now: work.now })
  if (row.proposedCustomerId !== customerId) await assertCustomer(work.tx, actor, customerId)
  const carried = await carryTo(work, row.contact, customerId)
  await close(work, actor, row, { act: 'join', to: { state: 'joined' }, carried })
  work.touched.add(`customer:${customerId}`)
  return getFirstContact(work.tx, actor, { id, now: work.now })
}
