import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { readBefore, standingOf } from './before.js'
import { claim, keep, tell } from './close.js'
import { getFirstContact } from './find-first-contact.js'
import type { FirstContactView } from './first-contact.contract.js'
import { startClock } from './reconcile.js'

/** 不是这家: they are new after all. The clock begins now, because until now nobody was asked for anything. */
export async function refuseProposal(work: Work, actor: Actor, { id }: { id: string }): Promise<FirstContactView> {
  const row = await claim(work, actor, id)
  if (row.state === 'known') {
    await keep(work, row, { act: 'refuse', standing: standingOf(row), reminder: null, before: readBefore(row.before) })
    await work.tx.firstContact.update({
      where: { id },
      data: { state: 'open', proposedCustomerId: null, proposedWhy: null },
    })
    await startClock(work, { id, personId: row.personId, at: work.now, heardAt: work.now })
    const content = { contactId: row.contactId, customerId: row.proposedCustomerId }
    await tell(work, actor, row, { verb: 'first-contact-refuse', content })
  }
  return getFirstContact(work.tx, actor, { id, now: work.now })
}
