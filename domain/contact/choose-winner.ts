import type { Reader } from '../../lib/db.js'
import type { MergePreview } from './merge.contract.js'
import { type Weight, weigh } from './weigh.js'

type Choice = { winnerId: string; loserId: string; decidedBy: MergePreview['decidedBy'] }

/** Which of the two stays: the larger deals, then an account over a mere number, then the newer interaction, then the older row. */
export async function chooseWinner(db: Reader, a: string, b: string): Promise<Choice> {
  const [one, other] = [await weigh(db, a), await weigh(db, b)]
  const decided = decide(one, other)
  const isFirst = decided.by > 0
  return { winnerId: isFirst ? a : b, loserId: isFirst ? b : a, decidedBy: decided.why }
}

function decide(a: Weight, b: Weight): { by: number; why: Choice['decidedBy'] } {
  if (a.amountFen !== b.amountFen) return { by: a.amountFen > b.amountFen ? 1 : -1, why: 'amount' }
  if (a.hasAccount !== b.hasAccount) return { by: a.hasAccount ? 1 : -1, why: 'known' }
  const last = (a.lastAt?.getTime() ?? 0) - (b.lastAt?.getTime() ?? 0)
  if (last !== 0) return { by: last, why: 'last' }
  const age = b.createdAt.getTime() - a.createdAt.getTime()
  return { by: age || (a.contactId < b.contactId ? 1 : -1), why: 'older' }
}
