import type { Reader } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'
import { standsAbove } from './acts/is-above.js'
import { reminderKind } from './find-kind.js'
import { aboutOf, fill, findSaid } from './find-said.js'
import { createForesight, type Foreseen } from './foresee.js'
import { listActs } from './list-acts.js'
import { findPolicy, type Policy } from './policy.js'
import type { ReminderRow } from './reminder.contract.js'
import type { Said } from './reminder-kind.js'

type Look = { now: Date; policy?: Policy; steps?: number }
const FORESEEN = 2

type Found = Awaited<ReturnType<typeof findRows>>[number]
export type Viewed = { row: ReminderRow; said: Said | null; reminder: Found }

/** Reminders as this person sees them, in the order of `ids`. Who may see them has been asked before. */
export async function viewRows(db: Reader, actor: Actor, ids: string[], look: Look): Promise<Viewed[]> {
  const { now, steps = FORESEEN } = look
  const policy = look.policy ?? (await findPolicy(db))
  const found = await findRows(db, ids)
  const foresee = await createForesight(db, found, { policy, now })
  const foreseen = new Map<string, Foreseen[]>()
  const facts = new Map<string, Said | null>()
  // One after the other: inside a transaction there is one connection.
  for (const one of found) {
    foreseen.set(one.id, await foresee(one, steps))
    facts.set(one.id, await findSaid(db, one, now))
  }
  const people = await findPeople(
    db,
    found.flatMap((one) => [one.claimedById, ...(foreseen.get(one.id) ?? []).flatMap((step) => step.people)]),
  )
  const nameOf = (id: string) => ({ id, name: people.get(id)?.name ?? '同事' })
  const viewed = found.map((reminder): Viewed => {
    const kind = reminderKind(reminder.kind)
    const said = facts.get(reminder.id) ?? null
    const done = said && 'done' in said ? said.done : null
    const sayable = said && !('done' in said) ? said : null
    const [last] = reminder.notices
    const level = Math.max(0, last?.level ?? 0)
    const title = policy.ladderOf(reminder.kind).levels[level]?.title ?? kind.label
    const claimer = reminder.claimedById ? (people.get(reminder.claimedById) ?? null) : null
    const above = standsAbove(actor, claimer ?? reminder.person)
    const followed = reminder.ackedLevel !== null && reminder.ackedLevel >= (last?.level ?? 0)
    const open = reminder.state === 'open'
    const row: ReminderRow = {
      id: reminder.id,
      kind: reminder.kind,
      label: kind.label,
      title: done ?? (sayable ? fill(title, sayable.words) : kind.label),
      customer: reminder.customer?.name ?? null,
      holder: { id: reminder.person.id, name: reminder.person.name },
      done,
      settledAt: reminder.settledAt?.toISOString() ?? null,
      since: reminder.startedAt.toISOString(),
      target: reminder.targetAt?.toISOString() ?? null,
      began: reminder.notices.some(({ state }) => state === 'said' || state === 'waiting'),
      followedBy: open && followed ? (reminder.acts.find(({ act }) => act === 'follow-up')?.person.name ?? null) : null,
      claimedBy: open ? (claimer?.name ?? null) : null,
      next: (foreseen.get(reminder.id) ?? []).map((step) => ({
        ...step,
        at: step.at.toISOString(),
        people: step.people.map(nameOf),
      })),
      acts: listActs({
        open: open && done === null,
        claimed: reminder.claimedAt !== null,
        holds: reminder.personId === actor.personId,
        told: reminder.notices.some(({ personId, state }) => personId === actor.personId && state === 'said'),
        above,
        ticks: kind.tick !== undefined,
        endsElsewhere: kind.endsBy !== undefined,
        putOff: reminder.putOff,
        followed,
      }),
      page: sayable ? { path: sayable.page, label: kind.pageLabel ?? '打开看看' } : null,
      taskId: reminder.kind === 'personal' ? aboutOf(reminder).subjectId : null,
    }
    return { row, said, reminder }
  })
  const byId = new Map(viewed.map((one) => [one.row.id, one]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

const findRows = (db: Reader, ids: string[]) =>
  db.reminder.findMany({
    where: { id: { in: ids } },
    include: {
      person: { select: { id: true, name: true, managerId: true, teamId: true } },
      customer: { select: { name: true } },
      // As openReminder takes them: the last saying first.
      notices: {
        where: { state: { not: 'withdrawn' } },
        select: { level: true, personId: true, state: true },
        orderBy: [{ sayAt: 'desc' }, { id: 'desc' }],
      },
      acts: { select: { act: true, person: { select: { name: true } } }, orderBy: { id: 'desc' } },
    },
  })

async function findPeople(db: Reader, ids: (string | null)[]) {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(ids)].filter((id) => id !== null) } },
    select: { id: true, name: true, managerId: true, teamId: true },
  })
  return new Map(people.map((person) => [person.id, person]))
}
