import { Prisma, type Reader } from '../../../lib/db.js'
import type { Work } from '../../work.js'
import { afterQuiet, isQuiet } from '../calm.js'
import { dueAt, nextOn } from '../due-at.js'
import type { Policy } from '../policy.js'

type Row = {
  id: string
  kind: string
  person_id: string
  level: number
  due_at: Date | null
  started_at: Date
  said_at: Date | null
  target_at: Date | null
  /** The last level of this round that was said, held back or noted. */
  reached: number | null
}
type Moved = { id: string; level: number; dueAt: Date | null; heldWhy: string | null }

/** What one saving may move; beyond it a reminder keeps its time until its level is said. The soonest come first. */
const MOST = 100_000
const CHUNK = 10_000

/**
 * A setting that was just saved holds for reminders that are open already: the time of their next level is counted anew from
 * when the one before was said. What somebody put off, follows up or says is handled keeps the time that they were given, and
 * so does what was handed over in the night and has not been said since.
 */
export async function moveOpen(work: Work, policy: Policy, kinds: string[]): Promise<number> {
  const rows = await findOpen(work.tx, { kinds, now: work.now, most: MOST, lock: true })
  const moved = rows.flatMap((row) => moveOf(row, policy, work.now))
  for (let i = 0; i < moved.length; i += CHUNK) await write(work, moved.slice(i, i + CHUNK))
  for (const one of moved) if (one.dueAt) work.wake.push(one.dueAt)
  return moved.length
}

/** What saving would do to what is open, looked at without touching it. */
export async function countMoves(db: Reader, policy: Policy, { kinds, now }: { kinds: string[]; now: Date }) {
  const rows = await findOpen(db, { kinds, now, most: CHUNK, lock: false })
  const moved = rows.flatMap((row) => moveOf(row, policy, now))
  const atOnce = moved.filter((one) => one.dueAt && one.dueAt <= now).length
  const count = await db.reminder.count({ where: { kind: { in: kinds }, state: 'open' } })
  return { count, moved: moved.length, atOnce }
}

type Asked = { kinds: string[]; now: Date; most: number; lock: boolean }

/** Raw, because the lock has to see what a planner has just moved on. */
function findOpen(db: Reader, { kinds, now, most, lock }: Asked): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT r.id, r.kind, r.person_id, r.level, r.due_at, r.started_at, r.said_at, r.target_at,
      (SELECT max(n.level) FROM notice n WHERE n.reminder_id = r.id AND n.round = r.round AND n.level >= 0) AS reached
    FROM reminder r
    WHERE r.state = 'open' AND r.kind = ANY(${kinds}::text[]) AND (r.due_at > ${now} OR r.due_at IS NULL)
      AND (r.held_why IS NULL OR (r.held_why = 'quiet' AND (r.round = 0 OR EXISTS (
        SELECT 1 FROM notice n WHERE n.reminder_id = r.id AND n.round = r.round))))
    ORDER BY r.due_at LIMIT ${most} ${lock ? Prisma.sql`FOR UPDATE OF r` : Prisma.empty}`
}

function moveOf(row: Row, policy: Policy, now: Date): Moved[] {
  const ladder = policy.ladderOf(row.kind)
  // A level that was off and is on now is said, if the ladder has not gone past it.
  const from = row.reached !== null ? row.reached + 1 : row.said_at === null ? 0 : row.level
  const level = nextOn(ladder, from)
  const rungs = { startedAt: row.started_at, saidAt: row.said_at, targetAt: row.target_at, personId: row.person_id }
  const due = dueAt(ladder, level, rungs, policy.calm)
  const held = due !== null && due <= now && isQuiet(now, policy.calm)
  const at = held ? afterQuiet(now, policy.calm, row.person_id) : due
  if (at?.getTime() === row.due_at?.getTime() && level === row.level) return []
  return [{ id: row.id, level, dueAt: at, heldWhy: held ? 'quiet' : null }]
}

async function write(work: Work, moved: Moved[]): Promise<void> {
  await work.tx.$executeRaw`
    UPDATE reminder SET level = v.level, due_at = v.due_at, held_why = v.held_why
    FROM unnest(${moved.map((m) => m.id)}::uuid[], ${moved.map((m) => m.level)}::int[],
      ${moved.map((m) => m.dueAt)}::timestamptz[], ${moved.map((m) => m.heldWhy)}::text[]) AS v(id, level, due_at, held_why)
    WHERE reminder.id = v.id`
}
