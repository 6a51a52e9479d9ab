import * as z from 'zod/mini'
import type { Prisma, Reader } from '../../lib/db.js'
import type { Work } from '../work.js'
import { budgetState, saved, type UsedWhat, usedWhat } from './budget.contract.js'

const KEY = 'budget:dingtalk'

const ended = z.object({ what: usedWhat, at: z.string(), words: z.string() })
const kept = z.object({
  states: z.array(z.object({ what: usedWhat, state: budgetState })),
  saved: z.array(saved),
  ended: z.array(ended),
})

/**
 * How the budget stood when a worker last looked: whoever says something reads it here, and needs no settings. One row a month;
 * of a month before, nothing holds any more as soon as a worker has looked at the new one.
 */
export type BudgetStanding = z.infer<typeof kept>
export type Ended = { what: UsedWhat; at: string; words: string }

const NOTHING: BudgetStanding = { states: [], saved: [], ended: [] }

export async function findStanding(db: Reader, month?: string): Promise<BudgetStanding> {
  const row = await db.chore.findFirst({
    where: { name: KEY, ...(month ? { day: `${month}-01` } : {}) },
    orderBy: { day: 'desc' },
    select: { found: true },
  })
  const parsed = kept.safeParse(row?.found)
  return parsed.success ? parsed.data : NOTHING
}

/** `month`: 「2026-11」. */
export async function keepStanding(work: Work, month: string, standing: BudgetStanding): Promise<void> {
  const [day, found] = [`${month}-01`, standing satisfies Prisma.InputJsonValue]
  await work.tx.chore.upsert({
    where: { name_day: { name: KEY, day } },
    create: { name: KEY, day, at: work.now, found },
    update: { found },
  })
}
