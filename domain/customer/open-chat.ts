import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { askProfile } from '../follow/ask-profile.js'
import { later } from '../outbox.js'
import { type Actor, contactVisibleTo, visibleTo } from '../person/actor.js'
import { ensureContact, findContactId, type KnownAs } from '../person/identify.js'
import type { Work } from '../work.js'

const HOUR_MS = 3_600_000

/**
 * The contact behind the chat that a rep has open. The id comes from the client, so it proves nothing: for somebody new it
 * opens an empty contact, for somebody known it opens nothing until the platform confirms that the two know each other.
 */
export async function openChat(work: Work, actor: Actor, external: KnownAs): Promise<string | null> {
  const known = await findContactId(work, external)
  if (!known) {
    const id = await ensureContact(work, external)
    await work.tx.follow.createMany({ data: { contactId: id, personId: actor.personId, since: work.now }, skipDuplicates: true })
    return id
  }
  const visible = await work.tx.contact.findFirst({ where: { id: known, ...contactVisibleTo(actor) }, select: { id: true } })
  const hour = Math.floor(work.now.getTime() / HOUR_MS)
  if (visible) {
    // A remark of which only the phones changed is told by no event (official page 92277): asked for once an hour, while
    // somebody is there to read it.
    await askProfile(work, visible.id, `look:${hour}`)
    return visible.id
  }
  // Once an hour the platform is asked whether this rep follows them by now.
  await later(work, {
    kind: 'fetch-contact',
    key: `fetch-contact:${known}:${actor.personId}:${hour}`,
    lane: `contact:${known}`,
    payload: { contactId: known },
  })
  return null
}

/** Throws unless this actor may see the contact. */
export async function assertContact(work: Pick<Work, 'tx'>, actor: Actor, contactId: string): Promise<void> {
  const contact = await work.tx.contact.findFirst({ where: { id: contactId, ...contactVisibleTo(actor) }, select: { id: true } })
  if (!contact) throw new Refused('unknown-contact', '没有找到这位联系人，或者他不归你跟进', 404)
}

/** Throws unless this actor may see the customer. */
export async function assertCustomer(db: Reader, actor: Actor, id: string): Promise<void> {
  const seen = await db.customer.count({ where: { AND: [{ id }, visibleTo(actor)] } })
  if (seen === 0) throw new Refused('unknown-customer', '没有找到这家客户，或者他不归你跟进', 404)
}
