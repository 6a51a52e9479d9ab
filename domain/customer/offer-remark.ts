import type { Reader } from '../../lib/db.js'
import type { Secrets } from '../../lib/secret.js'
import type { RemarkOffer } from '../contact/beside.contract.js'
import type { Actor } from '../person/actor.js'

const MOST_PHONES = 5

/**
 * What the platform's remark of this rep's could learn from us: a company where none stands there, and phones that no remark
 * holds. Null when there is nothing, or when they don't follow this person. Another company's WeCom user brings their own.
 */
export async function offerRemark(db: Reader, actor: Actor, contactId: string, phones: Secrets): Promise<RemarkOffer | null> {
  const follow = await db.follow.findFirst({
    where: { contactId, personId: actor.personId, endedAt: null, addWay: { not: null } },
    select: {
      remarkCompany: true,
      contact: {
        select: {
          kind: true,
          name: true,
          customer: { select: { name: true } },
          phones: { where: { source: { not: 'remark' } }, orderBy: { createdAt: 'asc' }, take: MOST_PHONES },
        },
      },
    },
  })
  if (!follow) return null
  const { contact, remarkCompany } = follow
  // A company that has no name but its only person's says nothing.
  const named = contact.customer && contact.customer.name !== contact.name ? contact.customer.name : null
  const company = contact.kind === 'wechat' && !remarkCompany ? named : null
  const fresh = contact.phones.map(({ id, sealed }) => ({ id, number: phones.open(sealed) }))
  return company || fresh.length > 0 ? { company, phones: fresh } : null
}
