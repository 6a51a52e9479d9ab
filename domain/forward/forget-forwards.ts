import { shanghaiDay } from '../../lib/format/dates.js'
import { onceADay } from '../chore.js'
import type { Work } from '../work.js'
import { oldestForward } from './find-forward.js'

/** Once a day: whoever never passes anything on again would otherwise leave a customer's words here for ever. */
export async function forgetForwards(work: Work): Promise<void> {
  if (!(await onceADay(work, 'forwards', shanghaiDay(work.now)))) return
  await work.tx.forward.deleteMany({ where: { at: { lt: oldestForward(work.now) } } })
}
