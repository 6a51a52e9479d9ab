import type { MergePreview } from '../../../../domain/contact/merge.contract.js'

/** Why this one stays. */
export const DECIDED: Record<MergePreview['decidedBy'], string> = {
  chosen: '你选的',
  amount: '商机金额更大',
  last: '最近还有来往',
  known: '资料更全',
  older: '认识得更早',
}
