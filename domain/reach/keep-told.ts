import type { Secrets } from '../../lib/secret.js'
import type { Work } from '../work.js'
import { keepPoint } from './keep-point.js'
import type { PointChannel } from './reach.contract.js'
import { readMail, readMobile } from './read-point.js'

type Told = { mobile: string | null; email: string | null; bizMail: string | null } | null

/** What somebody agreed that the platform tells of them is theirs. Returns the channels; none: they agreed to nothing that can be used. */
export async function keepTold(
  work: Work,
  points: Secrets,
  { personId, told }: { personId: string; told: Told },
): Promise<PointChannel[]> {
  const mobile = readMobile(told?.mobile ?? '')
  // The company's own address before a private one.
  const mail = readMail(told?.bizMail ?? '') ?? readMail(told?.email ?? '')
  const source = 'platform' as const
  if (mobile) await keepPoint(work, points, { personId, channel: 'sms', value: mobile, source })
  if (mail) await keepPoint(work, points, { personId, channel: 'mail', value: mail, source })
  return [...(mobile ? (['sms'] as const) : []), ...(mail ? (['mail'] as const) : [])]
}
