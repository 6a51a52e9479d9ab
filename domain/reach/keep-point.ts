import { newId } from '../../lib/ids.js'
import type { Secrets } from '../../lib/secret.js'
import { record } from '../audit/record.js'
import type { Work } from '../work.js'
import type { PointChannel } from './reach.contract.js'

type Proved = { personId: string; channel: PointChannel; value: string; source: 'platform' | 'typed' }

/** A number or address that is proved to be this person's takes the place of the one before. The audit says that, not which. */
export async function keepPoint(work: Work, points: Secrets, { personId, channel, value, source }: Proved): Promise<void> {
  const point = { sealed: points.seal(value), hash: points.hash(value), source, provedAt: work.now }
  await work.tx.contactPoint.upsert({
    where: { personId_channel: { personId, channel } },
    create: { id: newId(), personId, channel, createdAt: work.now, ...point },
    update: point,
  })
  await record(work, {
    actor: personId,
    verb: 'contact-point-proved',
    subject: `person:${personId}`,
    content: { channel, source },
  })
  work.touched.add(`person:${personId}`)
}

export async function dropPoint(work: Work, personId: string, channel: PointChannel): Promise<void> {
  const { count } = await work.tx.contactPoint.deleteMany({ where: { personId, channel } })
  await work.tx.contactCode.deleteMany({ where: { personId, channel } })
  if (count > 0)
    await record(work, { actor: personId, verb: 'contact-point-dropped', subject: `person:${personId}`, content: { channel } })
  work.touched.add(`person:${personId}`)
}
