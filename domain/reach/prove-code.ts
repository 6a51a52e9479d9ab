import { timingSafeEqual } from 'node:crypto'
import type { Secrets } from '../../lib/secret.js'
import type { Work } from '../work.js'
import { keepPoint } from './keep-point.js'
import type { PointChannel } from './reach.contract.js'

const MOST_TRIES = 5

type Proving = { personId: string; channel: PointChannel; code: string; points: Secrets; machineNow: Date }

/** False: wrong, too old, tried too often, or never sent. Which of them is told to nobody. Every try is counted. */
export async function proveCode(work: Work, { personId, channel, code, points, machineNow }: Proving): Promise<boolean> {
  const open = await work.tx.contactCode.findFirst({
    where: { personId, channel, endedAt: null, until: { gt: machineNow } },
    orderBy: { id: 'desc' },
  })
  if (!open) return false
  // The condition is in the claim: ten tries at once are still five.
  const { count } = await work.tx.contactCode.updateMany({
    where: { id: open.id, endedAt: null, tries: { lt: MOST_TRIES } },
    data: { tries: { increment: 1 } },
  })
  const [given, real] = [points.hash(`${open.id}:${code}`), open.codeHash].map((hash) => Buffer.from(hash))
  if (count === 0 || !given || !real || given.length !== real.length || !timingSafeEqual(given, real)) return false
  await work.tx.contactCode.update({ where: { id: open.id }, data: { endedAt: machineNow } })
  await keepPoint(work, points, { personId, channel, value: points.open(open.sealed), source: 'typed' })
  return true
}
