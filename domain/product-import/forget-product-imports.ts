import { shanghaiDay } from '../../lib/format/dates.js'
import { onceADay } from '../chore.js'
import type { Work } from '../work.js'

const DAY_MS = 24 * 3_600_000
/** A list that nobody has decided about is given up after so long; what was not taken in can be fetched for so long. */
const UNDECIDED_DAYS = 30
const DONE_DAYS = 90

/** Once a day: rows of old lists are not kept for ever. That there was one stays known. */
export async function forgetProductImports(work: Work): Promise<void> {
  if (!(await onceADay(work, 'catalogue-imports', shanghaiDay(work.now)))) return
  const before = (days: number) => new Date(work.now.getTime() - days * DAY_MS)
  const undecided = { state: 'preview', at: { lt: before(UNDECIDED_DAYS) } }
  await work.tx.productImportRow.deleteMany({ where: { import: undecided } })
  await work.tx.productImport.updateMany({ where: undecided, data: { state: 'dropped' } })
  await work.tx.productImportRow.deleteMany({ where: { import: { state: 'done', doneAt: { lt: before(DONE_DAYS) } } } })
}
