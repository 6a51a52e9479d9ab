import type { Work } from '../work.js'

/** The day's look at everybody's customers, and one for each member whose list was read to its end. */
export const RUN = 'contacts'
const sweptName = (personId: string) => `${RUN}:${personId}`

/** The platform's clock and ours may differ. What was already known of these minutes is not noted twice. */
const MARGIN_MS = 10 * 60_000

/**
 * Before this, a customer of this member's that nobody told us of is history, not a first contact: their list was read to
 * its end then. For whoever was never looked at it is the last time that we looked at anybody. Null: nobody ever looked.
 */
export async function findEdge(work: Pick<Work, 'tx'>, personId: string, last?: Date | null): Promise<Date | null> {
  const own = await lastOf(work, sweptName(personId))
  const at = own ?? (last === undefined ? await lastOf(work, RUN) : last)
  return at ? new Date(at.getTime() - MARGIN_MS) : null
}

/** When the runs before this one began. */
export const lastRun = (work: Pick<Work, 'tx'>, run: string): Promise<Date | null> => lastOf(work, RUN, run)

/** A member's list was read to its end; `startedAt` is when that began. */
export async function noteSwept(
  work: Pick<Work, 'tx'>,
  personId: string,
  { run, startedAt }: { run: string; startedAt: Date },
): Promise<void> {
  const name = sweptName(personId)
  await work.tx.chore.upsert({
    where: { name_day: { name, day: run } },
    create: { name, day: run, at: startedAt },
    update: {},
  })
  await work.tx.chore.deleteMany({ where: { name, at: { lt: startedAt } } })
}

async function lastOf(work: Pick<Work, 'tx'>, name: string, but?: string): Promise<Date | null> {
  const where = { name, ...(but ? { day: { not: but } } : {}) }
  const row = await work.tx.chore.findFirst({ where, orderBy: { at: 'desc' }, select: { at: true } })
  return row?.at ?? null
}
