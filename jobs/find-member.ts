import { type ChatPlatform, platformLabel } from '../domain/person/person.contract.js'
import type { Reader } from '../lib/db.js'
import { GiveUp } from '../lib/errors.js'

/** What has to be selected of a person to know where to write. */
export const memberParts = {
  leftAt: true,
  plainText: true,
  identities: { where: { kind: 'member' }, select: { platform: true, value: true }, orderBy: { id: 'asc' } },
} as const

type Parts = { leftAt: Date | null; identities: { platform: string; value: string }[] }

/** The userid of one of ours on that platform. Who has left is not written to. */
export function memberOf(person: Parts | null, platform: ChatPlatform): string {
  const identity = person?.leftAt ? undefined : person?.identities.find((one) => one.platform === platform)
  if (!identity) throw new GiveUp(`没有${platformLabel[platform]}账号，或已离职`)
  return identity.value
}

export async function getMember(db: Reader, personId: string, platform: ChatPlatform = 'wecom'): Promise<string> {
  // By its id, so that Prisma asks for many at once when many leave.
  return memberOf(await db.person.findUnique({ where: { id: personId }, select: memberParts }), platform)
}
