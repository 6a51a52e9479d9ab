import type { Reader } from '../../lib/db.js'
import type { Actor } from '../person/actor.js'
import { reminderKind, reminderKinds } from '../reminders/find-kind.js'
import { fill, findSaid } from '../reminders/find-said.js'
import { findPolicy } from '../reminders/policy.js'
import { reminderVisibleTo } from '../reminders/reminder-visible-to.js'
import type { RemindedEntry } from './reminded.contract.js'

const MOST = 8

type Ask = { customerId: string; now: Date }

/** What was reminded, told upwards, taken on and handed over about a customer: the last few, newest first. */
export async function listReminded(db: Reader, actor: Actor, { customerId, now }: Ask): Promise<RemindedEntry[]> {
  const kinds = reminderKinds().map((kind) => kind.name)
  const reminder = { AND: [{ customerId, kind: { in: kinds } }, reminderVisibleTo(actor)] }
  const notices = await db.notice.findMany({
    where: { reminder, level: { gte: 0 }, state: 'said', sayAt: { lte: now } },
    include: { person: { select: { name: true } }, reminder: true },
    orderBy: [{ sayAt: 'desc' }, { id: 'desc' }],
    take: MOST * 2,
  })
  const acts = await db.reminderAct.findMany({
    where: { reminder },
    include: { person: { select: { name: true } }, to: { select: { name: true } }, reminder: true },
    orderBy: { id: 'desc' },
    take: MOST,
  })
  type Found = Omit<RemindedEntry, 'title' | 'reminderId'> & { reminderId: string } & {
    about: (typeof notices)[number]['reminder']
  }
  const sayings = new Map<string, Found>()
  for (const { reminderId, level, round, sayAt, personId, person, reminder: about } of notices) {
    const id = `${reminderId}.${level}.${round}`
    const what = level > 0 && personId !== about.personId ? 'escalated' : 'said'
    const known = sayings.get(id) ?? { id, reminderId, at: sayAt.toISOString(), what, people: [], to: null, about }
    sayings.set(id, { ...known, people: [...known.people, person.name] })
  }
  const done = acts.map((act): Found => {
    const { id, reminderId, at, to, reminder: about } = act
    return { id, reminderId, at: at.toISOString(), what: act.act, people: [act.person.name], to: to?.name ?? null, about }
  })
  const shown = [...sayings.values(), ...done].sort((a, b) => b.at.localeCompare(a.at)).slice(0, MOST)
  const policy = await findPolicy(db)
  const titles = new Map<string, string>()
  for (const { about } of shown) {
    if (titles.has(about.id)) continue
    const said = await findSaid(db, about, now)
    const template = policy.ladderOf(about.kind).levels[0]?.title
    const facts = said && !('done' in said) ? said : null
    titles.set(about.id, facts && template ? fill(template, facts.words) : reminderKind(about.kind).label)
  }
  return shown.map(({ about, ...entry }) => ({ ...entry, title: titles.get(about.id) ?? '' }))
}
