import { shanghaiDay } from '../../lib/format/dates.js'
import { onceADay } from '../chore.js'
import type { Work } from '../work.js'

/** What is open again by then is another one in the list all the same. */
const KEEP_MS = 30 * 24 * 3_600_000

/** Once a day: who looks for what stands in somebody's list goes through all of these rows. */
export async function forgetTodos(work: Work): Promise<void> {
  if (!(await onceADay(work, 'todos', shanghaiDay(work.now)))) return
  await work.tx.platformTodo.deleteMany({ where: { doneAt: { lt: new Date(work.now.getTime() - KEEP_MS) } } })
}
