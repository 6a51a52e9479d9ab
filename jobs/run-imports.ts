import { contactSecrets } from '../domain/contact/contact-phones.js'
import { noteUnreadable } from '../domain/import/note-unreadable.js'
import { type KnownCustomers, takeIn } from '../domain/import/take-in.js'
import { type Deps, runWork } from '../domain/work.js'
import { newTrace } from '../lib/ids.js'
import type { Log } from '../lib/log.js'
import { describe } from '../lib/log.js'

const BATCH = 200
/** Of one look: whoever has to stop must not wait for a whole list. The next look goes on. */
const MOST_BATCHES = 5

/**
 * Takes in what was started, batch after batch, each in a transaction of its own. Every worker looks; who comes later waits
 * for the other's batch and goes on behind it. After a death the rows that are left are found by whoever looks next.
 */
export async function runImports(deps: Deps & { log: Log; dataKey: string }): Promise<void> {
  const secrets = contactSecrets(deps.dataKey)
  const running = await deps.db.customerImport.findMany({ where: { state: 'running' }, select: { id: true } })
  for (const { id } of running) {
    const known: KnownCustomers = { byKey: new Map(), newest: null }
    const take = (limit: number) => runWork(deps, newTrace(), (work) => takeIn(work, id, { secrets, known, limit }))
    for (let more = true, batches = 0; more && batches < MOST_BATCHES; batches += 1) {
      try {
        more = (await take(BATCH)) === BATCH
      } catch (error) {
        deps.log.warn({ import: id, ...describe(error) }, 'a batch of an import failed, going on row by row')
        forgetAll(known)
        more = await oneByOne(deps, id, () => take(1).catch(forgetAndThrow(known)))
      }
    }
  }
}

/** What a batch made that was not kept is not there. */
function forgetAll(known: KnownCustomers): void {
  known.byKey.clear()
  known.newest = null
}
const forgetAndThrow = (known: KnownCustomers) => (error: unknown) => {
  forgetAll(known)
  throw error
}

/** One row that can't be kept must not hold up the others: it is marked, and stands in the file of failed rows. */
async function oneByOne(deps: Deps & { log: Log }, id: string, takeOne: () => Promise<number>): Promise<boolean> {
  for (let i = 0; i < BATCH; i += 1) {
    try {
      if ((await takeOne()) === 0) return false
    } catch (error) {
      deps.log.warn({ import: id, ...describe(error) }, 'a row of an import failed')
      await runWork(deps, newTrace(), (work) => noteUnreadable(work, id))
    }
  }
  return true
}
