import type { Reader } from '../lib/db.js'
import { GiveUp } from '../lib/errors.js'

/** What has to be selected of a person to know where to write. */
export const memberParts = {
  leftAt: true,
  plainText: true,
  identities: { where: { platform: 'wecom', kind: 'member' }, select: { value: true }, take: 1 },
} as const

type Parts = { leftAt: Date | null; identities: { value: string }[] }

/** The WeCom userid of one of ours. Who has left is not written to. */
export function memberOf(person: Parts | null): string {
  const identity = person?.leftAt ? undefined : person?.identities[0]
  if (!identity) throw new GiveUp('没有企业微信账号，或已离职')
  return identity.value
}

export async function getMember(db: Reader, personId: string): Promise<string> {
  // By its id, so that Prisma asks for many at once when many leave.
  return memberOf(await db.person.findUnique({ where: { id: personId }, select: memberParts }))
}
