import type { Reader } from '../lib/db.js'
import { GiveUp } from '../lib/errors.js'
import { getMember } from './find-member.js'
import { findStanding } from './find-standing.js'

/** What the platform calls one of ours and a customer. */
export async function findPair(
  db: Reader,
  { contactId, personId }: { contactId: string; personId: string },
): Promise<{ userid: string; externalUserId: string }> {
  const identity = await db.identity.findFirst({
    where: { contactId: await findStanding(db, contactId), platform: 'wecom', kind: 'external' },
    orderBy: { id: 'asc' },
    select: { value: true },
  })
  if (!identity) throw new GiveUp('这位联系人不在企业微信里')
  return { userid: await getMember(db, personId), externalUserId: identity.value }
}
