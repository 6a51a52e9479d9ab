import { contactSecrets } from '../domain/contact/contact-phones.js'
import { noteUnreadable } from '../domain/import/note-unreadable.js'
import { type KnownCustomers, takeIn } from '../domain/import/take-in.js'
import { noteUnreadableProduct } from '../domain/product-import/note-unreadable-product.js'
import { takeInCatalogue } from '../domain/product-import/take-in-catalogue.js'
import { type Deps, runWork, type Work } from '../domain/work.js'
import { newTrace } from '../lib/ids.js'
import type { Log } from '../lib/log.js'
import { describe } from '../lib/log.js'

const BATCH = 200
/** Of one look: whoever has to stop must not wait for a whole list. The next look goes on. */
const MOST_BATCHES = 5

/** One kind of list. `take` returns how many rows there were, `limit` at most; fewer: that was all. */
type Kind = {
  take(work: Work, limit: number): Promise<number>
  /** The row whose turn it is can't be kept. */
  noteUnreadable(work: Work): Promise<void>
  /** What a batch made that was not kept is not there. */
  forget(): void
}

/**
 * Takes in what was started, batch after batch, each in a transaction of its own. Every worker looks; who comes later waits
 * for the other's batch and goes on behind it. After a death the rows that are left are found by whoever looks next.
 */
export async function runImports(deps: Deps & { log: Log; dataKey: string }): Promise<void> {
  const secrets = contactSecrets(deps.dataKey)
  const running = { where: { state: 'running' }, select: { id: true } }
  for (const { id } of await deps.db.customerImport.findMany(running)) {
    const known: KnownCustomers = { byKey: new Map(), newest: null }
    await runOne(deps, id, {
      take: (work, limit) => takeIn(work, id, { secrets, known, limit }),
      noteUnreadable: (work) => noteUnreadable(work, id),
      forget() {
        known.byKey.clear()
        known.newest = null
      },
    })
  }
  for (const { id } of await deps.db.productImport.findMany(running))
    await runOne(deps, id, {
      take: (work, limit) => takeInCatalogue(work, id, limit),
      noteUnreadable: (work) => noteUnreadableProduct(work, id),
      forget() {},
    })
}

async function runOne(deps: Deps & { log: Log }, id: string, kind: Kind): Promise<void> {
  for (let more = true, batches = 0; more && batches < MOST_BATCHES; batches += 1) {
    try {
      more = (await runWork(deps, newTrace(), (work) => kind.take(work, BATCH))) === BATCH
    } catch (error) {
      deps.log.warn({ import: id, ...describe(error) }, 'a batch of an import failed, going on row by row')
      kind.forget()
      more = await oneByOne(deps, id, kind)
    }
  }
}

/** One row that can't be kept must not hold up the others: it is marked, and stands in the file of failed rows. */
async function oneByOne(deps: Deps & { log: Log }, id: string, kind: Kind): Promise<boolean> {
  for (let i = 0; i < BATCH; i += 1) {
    try {
      if ((await runWork(deps, newTrace(), (work) => kind.take(work, 1))) === 0) return false
    } catch (error) {
      kind.forget()
      deps.log.warn({ import: id, ...describe(error) }, 'a row of an import failed')
      await runWork(deps, newTrace(), (work) => kind.noteUnreadable(work))
    }
  }
  return true
}
