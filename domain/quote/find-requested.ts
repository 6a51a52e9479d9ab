import type { Reader } from '../../lib/db.js'
import type { EvidenceMessage } from '../requirement/requirement.contract.js'

/**
 * When the customer asked for it, as far as we know: their own words of the last step of the requirement that stands, else when it
 * was captured. Null where a quote of it was sent since: what is asked for now was asked somewhere else.
 */
export async function findRequested(db: Reader, requirementId: string): Promise<Date | null> {
  const requirement = await db.requirement.findUniqueOrThrow({
    where: { id: requirementId },
    select: {
      createdAt: true,
      changes: { where: { undoneAt: null }, orderBy: { step: 'desc' }, take: 1, include: { evidence: true } },
    },
  })
  const [last] = requirement.changes
  const said = ((last?.evidence?.messages ?? []) as EvidenceMessage[]).find(({ speaker }) => speaker === 'customer')
  const asked = said ? new Date(said.saidAt) : (last?.capturedAt ?? requirement.createdAt)
  const since = { requirementId, versions: { some: { sentAt: { gte: asked } } } }
  return (await db.quote.count({ where: since })) > 0 ? null : asked
}
