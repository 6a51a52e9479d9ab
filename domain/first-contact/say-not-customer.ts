import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { claim, close } from './close.js'
import { getFirstContact } from './find-first-contact.js'
import type { FirstContactView } from './first-contact.contract.js'

/** 不是客户: a supplier, a courier, somebody's aunt. Said twice is said once. */
export async function sayNotCustomer(work: Work, actor: Actor, { id }: { id: string }): Promise<FirstContactView> {
  const row = await claim(work, actor, id)
  if (row.state !== 'not_customer') await close(work, actor, row, { act: 'not-customer', to: { state: 'not_customer' } })
  return getFirstContact(work.tx, actor, { id, now: work.now })
}
