/** The parts of a customer's quote page, as visits name them, and what reps read of them. */
export const quoteSections = {
  head: '开头',
  lines: '产品明细',
  totals: '合计金额',
  terms: '付款条款',
  instalments: '分期安排',
  risks: '技术说明',
  answer: '确认报价',
} as const
export type QuoteSection = keyof typeof quoteSections

/** Null: a part that this release doesn't know. */
export const sectionLabel = (name: string | null): string | null =>
  name !== null && Object.hasOwn(quoteSections, name) ? quoteSections[name as QuoteSection] : null
