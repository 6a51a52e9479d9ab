import type { Reader } from '../../lib/db.js'
import type { Secrets } from '../../lib/secret.js'
import { offerRemark } from '../customer/offer-remark.js'
import { findFirstContact } from '../first-contact/find-first-contact.js'
import type { Actor } from '../person/actor.js'
import type { ContactBeside } from './beside.contract.js'
import { findSame } from './find-same.js'

/** So long something is worth a line above the words: later it would only be in the way. */
const NEWS_FOR_MS = 7 * 24 * 3_600_000

type Ask = { contactId: string; phones: Secrets; now: Date }

/** What stands beside a chat besides the words: a new contact that waits, who they may be, what the remark could learn. */
export async function findBeside(db: Reader, actor: Actor, { contactId, phones, now }: Ask): Promise<ContactBeside> {
  const first = await findFirstContact(db, actor, { contactId, now })
  const same = await findSame(db, actor, contactId)
  const since = new Date(now.getTime() - NEWS_FOR_MS)
  const placed = await db.firstContact.count({
    where: {
      contactId,
      state: { in: ['opportunity', 'joined'] },
      closedAt: { gte: since },
    },
  })
  return {
    firstContact: first?.state === 'open' || first?.state === 'known' ? first : null,
    same: { ...same, merged: same.merged && new Date(same.merged.at) >= since ? same.merged : null },
    remark: placed > 0 ? await offerRemark(db, actor, contactId, phones) : null,
  }
}
