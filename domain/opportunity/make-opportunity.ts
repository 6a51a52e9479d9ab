import { newId } from '../../lib/ids.js'
import { claim, close } from '../first-contact/close.js'
import { getFirstContact } from '../first-contact/find-first-contact.js'
import type { FirstContactView } from '../first-contact/first-contact.contract.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { LONGEST_TITLE } from './opportunity.contract.js'

/** `id`: of the first contact. What is not said is prefilled (title, source) or stays empty. `amountFen`: 分. */
type Make = { id: string; title?: string | null; source?: string | null; stage?: string | null; amountFen?: number | null }

/** 建商机 with one tap; the clock of the first contact closes. A second tap finds the first one's. */
export async function makeOpportunity(work: Work, actor: Actor, make: Make): Promise<FirstContactView> {
  const row = await claim(work, actor, make.id)
  if (row.state !== 'opportunity') {
    const id = newId()
    const { stage = null, amountFen = null } = make
    await work.tx.opportunity.create({
      data: {
        id,
        title: make.title?.trim() || (await titleOf(work, row.contactId)),
        customerId: row.contact.customerId,
        contactId: row.contactId,
        ownerId: actor.personId,
        source: make.source ?? row.source,
        channel: row.channel,
        stage,
        amountFen: amountFen === null ? null : BigInt(amountFen),
        createdAt: work.now,
      },
    })
    await close(work, actor, row, { act: 'make-opportunity', to: { state: 'opportunity', opportunityId: id } })
  }
  return getFirstContact(work.tx, actor, { id: make.id, now: work.now })
}

/** 「华强五金 · 黄老板」: the company where one is known, and who it is. */
async function titleOf(work: Work, contactId: string): Promise<string> {
  const contact = await work.tx.contact.findUniqueOrThrow({
    where: { id: contactId },
    select: {
      name: true,
      corpName: true,
      customer: { select: { name: true } },
      follows: { where: { remarkCompany: { not: null } }, select: { remarkCompany: true }, take: 1 },
    },
  })
  const company = contact.customer?.name ?? contact.follows[0]?.remarkCompany ?? contact.corpName
  const words = company && company !== contact.name ? `${company} · ${contact.name}` : contact.name
  return [...words].slice(0, LONGEST_TITLE).join('')
}
