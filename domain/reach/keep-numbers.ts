import { newId } from '../../lib/ids.js'
import { insertRows } from '../../lib/insert-rows.js'
import type { Work } from '../work.js'

export type ToldNumber = { personId: string; sealed: string; hash: string }

/**
 * Mobiles that a platform tells of its members without their having been asked: enough to know who somebody is, and nothing is
 * sent there until its owner proves it. What somebody proved or typed stays. A few statements however many.
 */
export async function keepNumbers(work: Work, numbers: ToldNumber[]): Promise<void> {
  if (numbers.length === 0) return
  const column = <T>(of: (one: ToldNumber) => T) => numbers.map(of)
  await insertRows(work.tx, 'contact_point', {
    id: { type: 'uuid', of: column(() => newId()) },
    person_id: { type: 'uuid', of: column(({ personId }) => personId) },
    channel: { type: 'text', of: column(() => 'sms') },
    sealed: { type: 'text', of: column(({ sealed }) => sealed) },
    hash: { type: 'text', of: column(({ hash }) => hash) },
    source: { type: 'text', of: column(() => 'platform') },
    created_at: { type: 'timestamptz', of: column(() => work.now) },
  })
  await work.tx.$executeRaw`
    UPDATE contact_point c SET sealed = v.sealed, hash = v.hash
    FROM unnest(${column(({ personId }) => personId)}::uuid[], ${column(({ sealed }) => sealed)}::text[],
      ${column(({ hash }) => hash)}::text[]) AS v(person_id, sealed, hash)
    WHERE c.person_id = v.person_id AND c.channel = 'sms' AND c.source = 'platform' AND c.proved_at IS NULL AND c.hash <> v.hash`
}
