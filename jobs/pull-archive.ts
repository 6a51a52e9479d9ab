import { ChannelError } from '../channels/channel-error.js'
import type { Archive } from '../channels/wecom/archive/puller.js'
import type { Bells } from '../lib/bells.js'
import type { Clock } from '../lib/clock.js'
import { type Db, transact } from '../lib/db.js'
import { newTrace } from '../lib/ids.js'
import type { Live } from '../lib/live.js'
import type { Log } from '../lib/log.js'

type Needs = { db: Db; clock: Clock; bells: Bells; live: Live; archive: Archive; log: Log }
const SOURCE = 'wecom'
/** Open chats follow this: whether the archive can be read is on their page. */
const SUBJECT = 'archive'

/**
 * Brings what the archive has since the cursor into the inbox. Rows and cursor move in one transaction, on the condition
 * that the cursor stands where this pull began: killed in between, or two workers at once, nothing is lost or doubled.
 */
export function createArchivePull(needs: Needs) {
  let pulling: Promise<void> | undefined
  let again = false

  async function pull(): Promise<void> {
    do {
      again = false
      while (await pullOnce(needs));
    } while (again)
  }

  return {
    run(): Promise<void> {
      again = true
      pulling ??= pull()
        .catch((error) => noteFailure(needs, error))
        .finally(() => {
          pulling = undefined
        })
      return pulling
    },
  }
}

/** One batch. True when there may be more at once. */
async function pullOnce({ db, clock, bells, live, archive, log }: Needs): Promise<boolean> {
  await db.archiveCursor.createMany({ data: { source: SOURCE, seq: 0n }, skipDuplicates: true })
  const cursor = await db.archiveCursor.findUniqueOrThrow({ where: { source: SOURCE } })
  const { rows, nextSeq, more, unread, gap } = await archive.pull(Number(cursor.seq))
  if (gap) log.error({ seq: String(cursor.seq) }, 'archive records older than five days were lost')
  for (const one of unread) log.error(one, 'archive record could not be read')
  const moved = await transact(db, async (tx) => {
    const { count } = await tx.archiveCursor.updateMany({
      where: { source: SOURCE, seq: cursor.seq },
      data: { seq: BigInt(nextSeq), pulledAt: clock.machineNow(), reason: null },
    })
    if (count === 0) return false // another worker was faster: its rows are the same
    const fresh = await tx.inboxKey.createManyAndReturn({ data: rows.map((row) => ({ key: row.key })), skipDuplicates: true })
    const keys = new Set(fresh.map((row) => row.key))
    const news = rows.filter((row) => keys.has(row.key))
    await tx.inbox.createMany({ data: news.map((row) => ({ ...row, source: 'wecom-archive', trace: newTrace() })) })
    return true
  })
  if (moved && cursor.reason !== null) live.tell([SUBJECT])
  if (moved && rows.length > 0) bells.ring('inbox', [...new Set(rows.map((row) => row.lane))])
  return moved && more
}

/** The page that shows a chat says when the archive can't be read. */
async function noteFailure({ db, live, log }: Needs, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error)
  log.warn({ error: message }, 'archive not pulled')
  if (!(error instanceof ChannelError) || error.kind !== 'config') return
  const { hint: reason } = error
  const { count } = await db.archiveCursor.updateMany({
    where: { source: SOURCE, OR: [{ reason: null }, { reason: { not: reason } }] },
    data: { reason },
  })
  if (count > 0) live.tell([SUBJECT])
}
