import { shanghaiDay } from '../../lib/format/dates.js'
import { onceADay } from '../chore.js'
import type { Work } from '../work.js'

const DAY_MS = 24 * 3_600_000
/** A list that nobody has decided about is given up after so long; rows that were not taken in are kept to be fetched. */
const UNDECIDED_DAYS = 30
const FAILED_DAYS = 90

/** Once a day: what lists say of people who are no customers of ours is not kept for ever. What was taken in is erased at once. */
export async function forgetImports(work: Work): Promise<void> {
  if (!(await onceADay(work, 'imports', shanghaiDay(work.now)))) return
  const before = (days: number) => new Date(work.now.getTime() - days * DAY_MS)
  const undecided = { state: 'preview', at: { lt: before(UNDECIDED_DAYS) } }
  await work.tx.customerImportRow.deleteMany({ where: { import: undecided } })
  await work.tx.customerImport.updateMany({ where: undecided, data: { state: 'dropped' } })
  await work.tx.customerImportRow.deleteMany({
    where: { error: { not: null }, doneAt: null, import: { state: 'done', doneAt: { lt: before(FAILED_DAYS) } } },
  })
}
