import type { Reader } from '../lib/db.js'
import { GiveUp } from '../lib/errors.js'

/** The WeCom userid of one of ours. Who has left is not written to. */
export async function getMember(db: Reader, personId: string): Promise<string> {
  const identity = await db.identity.findFirst({
    where: { personId, platform: 'wecom', kind: 'member', person: { leftAt: null } },
    select: { value: true },
  })
  if (!identity) throw new GiveUp('没有企业微信账号，或已离职')
  return identity.value
}
