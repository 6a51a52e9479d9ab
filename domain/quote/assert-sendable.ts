import { Refused } from '../../lib/errors.js'
import type { Actor } from '../person/actor.js'
import type { Work } from '../work.js'
import { checkDraft } from './check-draft.js'
import type { DraftCheck, Finding, QuoteDraft } from './quote.contract.js'

/** Throws, saying why, where a draft may not be sent as it stands: what an approval covers is only noted by then. Else what it comes to. */
export async function assertSendable(
  work: Work,
  actor: Actor,
  { quoteId, draft }: { quoteId: string; draft: QuoteDraft },
): Promise<DraftCheck> {
  const check = await checkDraft(work.tx, actor, { quoteId }, draft, work.now)
  const { findings } = check
  const wordsOf = (weight: Finding['weight']) => findings.filter((one) => one.weight === weight).map(({ words }) => words)
  const [stops, asks] = [wordsOf('stop'), wordsOf('approve')]
  if (stops.length > 0) throw new Refused('blocked', `还不能发出：${stops.join('；')}`, 409)
  if (asks.length > 0) throw new Refused('needs-approval', `要先请经理同意：${asks.join('；')}`, 409)
  return check
}
