import type { Work } from '../work.js'
import { createAudience } from './audience.js'
import { afterQuiet, isQuiet } from './calm.js'
import { dueAfter, dueAt, nextOn } from './due-at.js'
import { reminderKind, reminderKinds } from './find-kind.js'
import { createCalmness } from './hold-back.js'
import type { Level } from './ladder.contract.js'
import { isAbove, levelToSay } from './level-to-say.js'
import { louder } from './louder.js'
import { findPolicy, type Policy } from './policy.js'
import type { About, Manner } from './reminder-kind.js'
import { type Spoken, sayNotices } from './say-notices.js'

type Row = {
  id: string
  kind: string
  subject: string
  person_id: string
  customer_id: string | null
  level: number
  round: number
  due_at: Date
  started_at: Date
  said_at: Date | null
  target_at: Date | null
  trace: string
}
type Move = { id: string; level: number; round: number; dueAt: Date | null; saidAt: Date | null; heldWhy: string | null }

/**
 * Says the levels that are due and returns how many reminders were touched. The claim (`FOR UPDATE SKIP LOCKED`), what is
 * said and the next due time commit together: two planners share the work, and a level is said once. Levels that were missed
 * in an outage collapse into the latest one, but nobody above hears of it before who has to act was told and had the time of
 * the next level; what quiet hours hold back counts as unsaid. A kind that this release doesn't know waits for one that does.
 */
export async function sayDue(work: Work, limit = 100): Promise<number> {
  const kinds = reminderKinds().map((kind) => kind.name)
  // Raw, because one statement must see, lock and skip what another planner holds.
  const rows = await work.tx.$queryRaw<Row[]>`
    SELECT id, kind, subject, person_id, customer_id, level, round, due_at, started_at, said_at, target_at, trace FROM reminder
    WHERE state = 'open' AND kind = ANY(${kinds}::text[]) AND due_at <= ${work.now} ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`
  if (rows.length === 0) return 0
  rows.push(...(await claimShared(work, rows)))
  const policy = await findPolicy(work.tx)
  const moves = isQuiet(work.now, policy.calm)
    ? rows.map((row) => holdOver(row, work.now, policy))
    : await say(work, rows, policy)
  await moveOn(work, moves)
  return rows.length
}

/** What stands on one card with something of this batch is said with it, wherever the batch ends: a card that left grows no lines. */
async function claimShared(work: Work, rows: Row[]): Promise<Row[]> {
  const shared = rows.filter((row) => reminderKind(row.kind).shared)
  if (shared.length === 0) return []
  return work.tx.$queryRaw<Row[]>`
    SELECT id, kind, subject, person_id, customer_id, level, round, due_at, started_at, said_at, target_at, trace FROM reminder
    WHERE state = 'open' AND kind = ANY(${[...new Set(shared.map((row) => row.kind))]}::text[])
      AND person_id = ANY(${[...new Set(shared.map((row) => row.person_id))]}::uuid[])
      AND due_at <= ${work.now} AND id <> ALL(${rows.map((row) => row.id)}::uuid[]) ORDER BY due_at FOR UPDATE SKIP LOCKED`
}

const holdOver = (row: Row, now: Date, { calm }: Policy): Move => ({
  id: row.id,
  level: row.level,
  round: row.round,
  dueAt: afterQuiet(now, calm, row.person_id),
  saidAt: row.said_at,
  heldWhy: 'quiet',
})

async function say(work: Work, rows: Row[], policy: Policy): Promise<Move[]> {
  const audience = await createAudience(
    work.tx,
    rows.map((row) => row.person_id),
  )
  const missed = new Map(rows.map((row) => [row.id, missedLevels(row, work.now, policy)]))
  const unheard = await findUnheard(work, rows, (row) => levelsOf(row, missed, policy).some(isAbove))
  const due = []
  for (const row of rows) {
    const ladder = policy.ladderOf(row.kind)
    const levels = missed.get(row.id) ?? [row.level]
    const level = levelToSay(ladder, levels, unheard.has(row.id))
    const about = aboutOf(row)
    const people = ladder.levels[level] ? await audience.find(ladder.levels[level].to, row.kind, about) : []
    due.push({ row, ladder, level, about, people })
  }
  const manners = await findManners(work, due)
  const calmness = await createCalmness(work.tx, { policy, now: work.now, people: due.flatMap(({ people }) => people) })
  const spoken: Spoken[] = []
  const moves: Move[] = []
  for (const { row, ladder, level, about, people } of due) {
    let saidAt = work.now
    for (const personId of people) {
      const { urgent = false, exact = false } = reminderKind(row.kind)
      const manner = manners.get(`${row.id} ${personId}`) ?? 'own'
      const shared = typeof manner === 'object' ? manner.subject : null
      const wish = { personId, customerId: row.customer_id, escalates: personId !== row.person_id, urgent, exact }
      const verdict = calmness.judge({ ...wish, digest: manner === 'digest', shared })
      const notice = { level, round: row.round, personId, customerId: row.customer_id, verdict }
      const route = ladder.levels[level]?.route ?? []
      spoken.push({ ...notice, about, kind: row.kind, route, beside: louder(ladder, level), trace: row.trace, manner })
      if (verdict.sayAt > saidAt) saidAt = verdict.sayAt
    }
    const next = nextOn(ladder, level + 1)
    const rungs = { startedAt: row.started_at, saidAt, targetAt: row.target_at, personId: row.person_id }
    const nextDue = dueAfter(ladder, { ...rungs, level, next, wasUnheard: unheard.has(row.id) }, policy.calm)
    moves.push({ id: row.id, level: next, round: row.round, dueAt: nextDue, saidAt, heldWhy: null })
  }
  await sayNotices(work, spoken)
  return moves
}

type Due = { row: Row; level: number; about: About; people: string[] }

/** How each is said to each, by the kinds that say so themselves; one question a kind. */
async function findManners(work: Work, due: Due[]): Promise<Map<string, Manner>> {
  const manners = new Map<string, Manner>()
  for (const name of new Set(due.map(({ row }) => row.kind))) {
    const { manner } = reminderKind(name)
    if (!manner) continue
    const sayings = due
      .filter(({ row }) => row.kind === name)
      .flatMap(({ row, level, about, people }) =>
        people.map((personId) => ({ about, level, round: row.round, personId, saidAt: row.said_at })),
      )
    const found = await manner(work.tx, sayings, work.now)
    for (const [i, { about, personId }] of sayings.entries()) manners.set(`${about.id} ${personId}`, found[i] ?? 'own')
  }
  return manners
}

const levelsOf = (row: Row, missed: Map<string, number[]>, policy: Policy): Level[] =>
  (missed.get(row.id) ?? []).flatMap((level) => policy.ladderOf(row.kind).levels[level] ?? [])

/** Of these, the reminders of which nobody was told anything yet, since they began or came to somebody else. */
async function findUnheard(work: Work, rows: Row[], isAsked: (row: Row) => boolean): Promise<Set<string>> {
  const asked = rows.filter((row) => row.said_at === null && isAsked(row))
  if (asked.length === 0) return new Set()
  const told = await work.tx.notice.findMany({
    where: { state: { in: ['said', 'waiting'] }, OR: asked.map(({ id, round }) => ({ reminderId: id, round })) },
    select: { reminderId: true },
  })
  return new Set(asked.map(({ id }) => id).filter((id) => !told.some(({ reminderId }) => reminderId === id)))
}

/** The levels whose time has come, had each been said when it was due. */
function missedLevels(row: Row, now: Date, policy: Policy): number[] {
  const ladder = policy.ladderOf(row.kind)
  const levels = [nextOn(ladder, row.level)]
  for (let saidAt: Date | null = row.due_at; saidAt; ) {
    const rungs = { startedAt: row.started_at, saidAt, targetAt: row.target_at, personId: row.person_id }
    const next = nextOn(ladder, (levels.at(-1) ?? row.level) + 1)
    saidAt = dueAt(ladder, next, rungs, policy.calm)
    if (!saidAt || saidAt > now) break
    levels.push(next)
  }
  return levels
}

const aboutOf = (row: Row) => ({
  id: row.id,
  subject: row.subject,
  subjectId: row.subject.slice(row.subject.indexOf(':') + 1),
  personId: row.person_id,
  startedAt: row.started_at,
  dueAt: row.due_at,
})

/** One statement for the whole batch: at a morning's hour thousands move at once. */
async function moveOn(work: Work, moves: Move[]): Promise<void> {
  await work.tx.$executeRaw`
    UPDATE reminder SET level = v.level, round = v.round, due_at = v.due_at, said_at = v.said_at, held_why = v.held_why
    FROM unnest(${moves.map((m) => m.id)}::uuid[], ${moves.map((m) => m.level)}::int[], ${moves.map((m) => m.round)}::int[],
      ${moves.map((m) => m.dueAt)}::timestamptz[], ${moves.map((m) => m.saidAt)}::timestamptz[], ${moves.map((m) => m.heldWhy)}::text[])
      AS v(id, level, round, due_at, said_at, held_why)
    WHERE reminder.id = v.id`
  for (const { dueAt } of moves) if (dueAt) work.wake.push(dueAt)
}
