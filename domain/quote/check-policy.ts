import { judgeCredit, judgeQuota, judgeRisks } from './policy/judge-customer.js'
import { judgeMargin } from './policy/judge-margin.js'
import { judgePrices } from './policy/judge-prices.js'
import { judgeWhole } from './policy/judge-whole.js'
import type { Drafted, Judged } from './policy/judged.js'

const RANK = { stop: 0, approve: 1, note: 2 } as const

/** Everything that a draft breaks or should be known of it, what stops it in front. Pure: the facts were looked up before. */
export const checkPolicy = (drafted: Drafted): Judged[] =>
  [judgeWhole, judgeRisks, judgePrices, judgeMargin, judgeCredit, judgeQuota]
    .flatMap((judge) => judge(drafted))
    .sort((a, b) => RANK[a.weight] - RANK[b.weight])
