import { record } from '../audit/record.js'
import { claimOpportunity, tellLead } from '../opportunity/claim-opportunity.js'
import { resumeQuoteClock } from '../opportunity/resume-quote-clock.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'

/** 撤销 of 已另行报价. A quote of ours that was sent since is the first price then; without one the hours go on. */
export async function undoOutside(work: Work, actor: Actor, { opportunityId }: { opportunityId: string }): Promise<boolean> {
  const lead = await claimOpportunity(work, actor, opportunityId)
  if (lead.quotedHow !== 'outside') return false
  await work.tx.outsideQuote.updateMany({
    where: { opportunityId, state: 'confirmed' },
    data: { state: 'dropped', byId: actor.personId, decidedAt: work.now },
  })
  const [quote] = await work.tx.quote.findMany({
    where: { opportunityId, firstSentAt: { not: null } },
    orderBy: { firstSentAt: 'asc' },
    take: 1,
    select: { firstSentAt: true },
  })
  const quotedAt = quote?.firstSentAt ?? null
  await work.tx.opportunity.update({
    where: { id: opportunityId },
    data: { quotedAt, quotedHow: quotedAt ? 'quote' : null },
  })
  if (!quotedAt && !lead.invalidAt) await resumeQuoteClock(work, opportunityId)
  await record(work, {
    actor: actor.personId,
    verb: 'quote-outside-undone',
    subject: `opportunity:${opportunityId}`,
    content: {},
  })
  tellLead(work, lead)
  return true
}

/** 不是报价: what was read in the archive was no price; that message proposes nothing again. */
export async function refuseOutside(
  work: Work,
  actor: Actor,
  { opportunityId, messageId }: { opportunityId: string; messageId: string },
): Promise<boolean> {
  const lead = await claimOpportunity(work, actor, opportunityId)
  const { count } = await work.tx.outsideQuote.updateMany({
    where: { opportunityId, messageId, state: 'proposed' },
    data: { state: 'dropped', byId: actor.personId, decidedAt: work.now },
  })
  if (count > 0) tellLead(work, lead)
  return count > 0
}
