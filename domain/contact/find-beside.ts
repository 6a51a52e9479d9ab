import type { Reader } from '../../lib/db.js'
import type { Secrets } from '../../lib/secret.js'
import { offerRemark } from '../customer/offer-remark.js'
import { findFirstContact } from '../first-contact/find-first-contact.js'
import type { Actor } from '../person/actor.js'
import type { ContactBeside } from './beside.contract.js'
import { findSame } from './find-same.js'

/** So long after somebody found their place the remark is worth a question: later it would only be in the way. */
const ASKED_FOR_MS = 7 * 24 * 3_600_000

type Ask = { contactId: string; phones: Secrets; now: Date }

/** What stands beside a chat besides the words: a new contact that waits, who they may be, what the remark could learn. */
export async function findBeside(db: Reader, actor: Actor, { contactId, phones, now }: Ask): Promise<ContactBeside> {
  const first = await findFirstContact(db, actor, { contactId, now })
  const { rows } = await findSame(db, actor, contactId)
  const placed = await db.firstContact.count({
    where: {
      contactId,
      state: { in: ['opportunity', 'joined'] },
      closedAt: { gte: new Date(now.getTime() - ASKED_FOR_MS) },
    },
  })
  return {
    firstContact: first?.state === 'open' || first?.state === 'known' ? first : null,
    same: rows,
    remark: placed > 0 ? await offerRemark(db, actor, contactId, phones) : null,
  }
}
