import type { Likeness, MergePreview } from '../../../domain/contact/merge.contract.js'

/** Why two contacts may be one. */
export const LIKENESS: Record<Likeness, string> = {
  phone: '电话一样',
  'same-company': '同一家的同名',
}

/** Why this one stays. */
export const DECIDED: Record<MergePreview['decidedBy'], string> = {
  chosen: '你选的',
  amount: '商机金额更大',
  last: '最近还有来往',
  known: '资料更全',
  older: '认识得更早',
}
