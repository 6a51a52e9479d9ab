import { claim, close } from '../first-contact/close.js'
import { getFirstContact } from '../first-contact/find-first-contact.js'
import type { FirstContactView } from '../first-contact/first-contact.contract.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { createOpportunity } from './create-opportunity.js'
import type { MakeInput } from './opportunity.contract.js'
import { titleFacts, titleOf } from './title-of.js'

/** `id`: of the first contact. What is not said is prefilled (title, source) or stays empty. `amountFen`: 分. */
type Make = Omit<MakeInput, 'requestId'> & { id: string }

/** 建商机 with one tap; the clock of the first contact closes. A second tap finds the first one's. */
export async function makeOpportunity(work: Work, actor: Actor, make: Make): Promise<FirstContactView> {
  const row = await claim(work, actor, make.id)
  if (row.state !== 'opportunity') {
    const contact = await work.tx.contact.findUniqueOrThrow({ where: { id: row.contactId }, select: titleFacts })
    const { stage = null, amountFen = null } = make
    const id = await createOpportunity(work, {
      title: make.title ?? titleOf(contact),
      customerId: row.contact.customerId,
      contactId: row.contactId,
      ownerId: actor.personId,
      source: make.source === undefined ? row.source : make.source,
      channel: row.channel,
      stage,
      amountFen: amountFen === null ? null : BigInt(amountFen),
    })
    await close(work, actor, row, { act: 'make-opportunity', to: { state: 'opportunity', opportunityId: id } })
  }
  return getFirstContact(work.tx, actor, { id: make.id, now: work.now })
}
