import * as z from 'zod/mini'

/** What a platform sells by the month: calls of its interfaces, and what it pushes to us. */
export const usedWhat = z.enum(['call', 'push'])
export type UsedWhat = z.infer<typeof usedWhat>

/** `plenty`: nothing to do · `watch`: told to administrators · `short`: we save · `used-up`: the platform refuses. */
export const budgetState = z.enum(['plenty', 'watch', 'short', 'used-up'])
export type BudgetState = z.infer<typeof budgetState>

/** What is left out to save, the first of them first. */
export const saved = z.enum(['notice', 'todo', 'ding'])
export type Saved = z.infer<typeof saved>
export const savedLabel: Record<Saved, string> = { notice: '工作通知', todo: '钉钉待办', ding: 'DING' }

export const budgetLine = z.object({
  what: usedWhat,
  /** In this month, by the platform's calendar. */
  used: z.int(),
  quota: z.int(),
  /** At the month's end, if it goes on like this; null: too little is known yet. */
  forecast: z.nullable(z.int()),
  state: budgetState,
  /** How it stands, as people say it. */
  words: z.string(),
  /** What it went to, the most first. */
  uses: z.array(z.object({ label: z.string(), count: z.int() })),
})
export type BudgetLine = z.infer<typeof budgetLine>

export const budgetPage = z.object({
  /** Null: the organisation has not connected DingTalk. */
  budget: z.nullable(
    z.object({
      /** 「2026-11」 */
      month: z.string(),
      lines: z.array(budgetLine),
      /** 「额度紧张，已先停发工作通知、钉钉待办；几条提醒会合成一张卡片」; null: nothing is left out. */
      saving: z.nullable(z.string()),
    }),
  ),
})
export type BudgetPage = z.infer<typeof budgetPage>
