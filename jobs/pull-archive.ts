import { setTimeout as sleep } from 'node:timers/promises'
import { ChannelError } from '../channels/channel-error.js'
import type { Archive } from '../channels/wecom/archive/puller.js'
import type { Bells } from '../lib/bells.js'
import type { Clock } from '../lib/clock.js'
import { type Db, transact } from '../lib/db.js'
import { formatClock, formatDayShort } from '../lib/format/dates.js'
import { newTrace } from '../lib/ids.js'
import type { Live } from '../lib/live.js'
import type { Log } from '../lib/log.js'

type Needs = { db: Db; clock: Clock; bells: Bells; live: Live; archive: Archive; log: Log; apartMs?: number }

/** A worker begins to pull this often at most, whatever rings: the platform allows 4,000 calls a minute to all of them. */
const APART_MS = 1_000
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
  let begunAt = Number.NEGATIVE_INFINITY

  async function pull(): Promise<void> {
    do {
      const wait = begunAt + (needs.apartMs ?? APART_MS) - performance.now()
      if (wait > 0) await sleep(wait, undefined, { ref: false })
      begunAt = performance.now()
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
  const lost = wordsOfGap({ gap, pulledAt: cursor.pulledAt, seq: cursor.seq }, clock.machineNow())
  if (lost) log.error({ seq: String(cursor.seq), pulledAt: cursor.pulledAt, certain: gap }, 'archive records were lost')
  for (const one of unread) log.error(one, 'archive record could not be read')
  const moved = await transact(db, async (tx) => {
    const { count } = await tx.archiveCursor.updateMany({
      where: { source: SOURCE, seq: cursor.seq },
      data: { seq: BigInt(nextSeq), pulledAt: clock.machineNow(), reason: null, ...(lost ? { gap: lost } : {}) },
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

const KEPT_MS = 5 * 86_400_000

/**
 * The archive gives the last five days only (official page 91774). Whoever comes back later has missed something, whether
 * the platform says so or just goes on with what it still has. Kept until an administrator has read it: from now on
 * everything is read again, and a reason would say that it isn't.
 */
function wordsOfGap({ gap, pulledAt, seq }: { gap: boolean; pulledAt: Date | null; seq: bigint }, now: Date): string | null {
  const late = seq > 0n && pulledAt !== null && now.getTime() - pulledAt.getTime() > KEPT_MS
  if (!gap && !late) return null
  const since = pulledAt ? `上次读取是${formatDayShort(pulledAt, now)} ${formatClock(pulledAt)}，` : ''
  const until = `${formatDayShort(new Date(now.getTime() - KEPT_MS), now)} ${formatClock(now)}`
  return `${since}会话存档只提供最近 5 天：${until} 之前的会话${gap ? '已经' : '可能'}缺了一段，请让销售粘贴补上`
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
