import type { Reader } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { isUuid } from '../../lib/ids.js'
import type { Actor } from '../person/actor.js'
import type { LadderEntry, LadderView, Told, Way } from './reminder.contract.js'
import { reminderVisibleTo } from './reminder-visible-to.js'
import { viewRows } from './view-rows.js'

const ALL_LEVELS = 6

/** Throws unless this actor may see the reminder. */
export async function assertReminder(db: Reader, actor: Actor, id: string): Promise<void> {
  const seen = isUuid(id) ? await db.reminder.count({ where: { AND: [{ id }, reminderVisibleTo(actor)] } }) : 0
  if (seen === 0) throw new Refused('no-such-reminder', '没有找到这条提醒，或者它和你无关', 404)
}

/** One ladder, whole: what was said to whom and what each channel can prove, who did what, what comes next. */
export async function viewLadder(db: Reader, actor: Actor, id: string, now: Date): Promise<LadderView> {
  await assertReminder(db, actor, id)
  const [viewed] = await viewRows(db, actor, [id], { now, steps: ALL_LEVELS })
  if (!viewed) throw new Refused('no-such-reminder', '没有找到这条提醒，或者它和你无关', 404)
  const { row, said, reminder } = viewed
  const told = await findTold(db, id, now)
  const by = { person: { select: { id: true, name: true } }, to: { select: { id: true, name: true } } }
  const acts = await db.reminderAct.findMany({ where: { reminderId: id }, include: by, orderBy: { id: 'asc' } })
  const settler =
    reminder.settledBy && isUuid(reminder.settledBy)
      ? await db.person.findUnique({ where: { id: reminder.settledBy }, select: { name: true } })
      : null
  const done = acts.map(
    (act): LadderEntry => ({
      what: 'act',
      at: act.at.toISOString(),
      id: act.id,
      act: act.act,
      by: act.person,
      to: act.to,
      note: act.note,
    }),
  )
  const facts = said && !('done' in said) ? said : null
  return {
    me: actor.personId,
    row,
    quote: facts?.quote ?? null,
    fields: facts?.fields ?? [],
    claim: reminder.claimedAt ? (acts.findLast(({ act }) => act === 'handled')?.note ?? null) : null,
    entries: [...told, ...done].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
    settledBy: settler?.name ?? null,
  }
}

/** Each saying of each level, with everybody it was for. What waits to be said stands where it will be. */
async function findTold(db: Reader, reminderId: string, now: Date): Promise<LadderEntry[]> {
  const notices = await db.notice.findMany({
    where: { reminderId, OR: [{ state: { not: 'said' } }, { sayAt: { lte: now } }] },
    include: {
      person: { select: { id: true, name: true, reach: { select: { channel: true, activeAt: true } } } },
      card: { select: { copies: { orderBy: [{ step: 'asc' }, { platform: 'asc' }] } } },
    },
    orderBy: [{ sayAt: 'asc' }, { id: 'asc' }],
  })
  const sayings = new Map<string, Extract<LadderEntry, { what: 'said' }>>()
  for (const notice of notices) {
    const key = `${notice.level}.${notice.round}`
    const at = notice.sayAt.toISOString()
    const saying = sayings.get(key) ?? { what: 'said', at, level: notice.level, round: notice.round, people: [] }
    sayings.set(key, saying)
    const copies = notice.card?.copies.filter((copy) => copy.personId === notice.personId) ?? []
    const ways = copies.map((copy): Way => {
      const seen = notice.person.reach.find(({ channel }) => channel === copy.platform)?.activeAt ?? null
      const after = seen && copy.stateAt && seen > copy.stateAt ? seen : null
      const channel = copy.platform as Way['channel']
      const stateAt = copy.stateAt?.toISOString() ?? null
      return { channel, state: copy.state, reason: copy.reason, at: stateAt, seenAt: after?.toISOString() ?? null }
    })
    const { id, name } = notice.person
    const one: Told = { person: { id, name }, state: notice.state, why: notice.why, at, ways }
    saying.people.push(one)
  }
  return [...sayings.values()]
}
