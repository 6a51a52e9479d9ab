import type { Reader } from '../../lib/db.js'
import type { Secrets } from '../../lib/secret.js'

/** A person's own number or address on that channel, once it is proved; null: there is none. */
export async function findPoint(
  db: Reader,
  points: Secrets,
  { personId, channel }: { personId: string; channel: 'sms' | 'mail' },
): Promise<string | null> {
  const point = await db.contactPoint.findUnique({
    where: { personId_channel: { personId, channel } },
    select: { sealed: true, provedAt: true, person: { select: { leftAt: true } } },
  })
  return point?.provedAt && !point.person.leftAt ? points.open(point.sealed) : null
}
