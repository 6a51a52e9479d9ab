import type { Prisma } from '../../lib/db.js'
import { Refused } from '../../lib/errors.js'
import { isUuid } from '../../lib/ids.js'
import { record } from '../audit/record.js'
import { lockContact } from '../contact/lock-contact.js'
import type { Actor } from '../person/actor.js'
import { suspendReminder } from '../reminders/suspend-reminder.js'
import { tellBadges } from '../reminders/tell-badges.js'
import type { Work } from '../work.js'
import { type Before, type Carried, type Deed, readBefore, type Standing, standingOf } from './before.js'
import { KIND, subjectOf } from './clock.js'
import type { FirstContactState } from './first-contact.contract.js'
import { firstContactVisibleTo } from './visible.js'

export type Claimed = NonNullable<Awaited<ReturnType<typeof claim>>>

/** One that this actor may see, held until the work commits. Throws where there is none. */
export async function claim(work: Work, actor: Actor, id: string) {
  const unknown = new Refused('no-such-first-contact', '没有找到这位新客户，或者他不归你跟进', 404)
  if (!isUuid(id)) throw unknown
  const seen = { AND: [{ id }, await firstContactVisibleTo(work.tx, actor)] }
  const found = await work.tx.firstContact.findFirst({ where: seen, select: { contactId: true } })
  if (!found) throw unknown
  // The contact is the lock, as for whatever else is heard of it.
  await lockContact(work, found.contactId)
  return work.tx.firstContact.findUniqueOrThrow({
    where: { id },
    include: { closedBy: { select: { name: true } }, contact: { select: { id: true, name: true, customerId: true } } },
  })
}

const WHAT: Record<FirstContactState, string> = {
  open: '',
  known: '',
  nurturing: '先养着了',
  opportunity: '建了商机',
  not_customer: '说不是客户',
  joined: '归到老客户了',
  merged: '和另一位联系人合并了',
}

type Closing = { act: Deed; to: Partial<Standing> & { state: FirstContactState }; carried?: Carried }

/** Closes the clock, and keeps what stood before so that it can be taken back exactly. Throws where somebody was quicker. */
export async function close(work: Work, actor: Actor, row: Claimed, { act, to, carried }: Closing): Promise<void> {
  if (row.state !== 'open' && row.state !== 'known' && row.state !== 'nurturing')
    throw new Refused('closed-before', `${row.closedBy?.name ?? '同事'}已经${WHAT[row.state]}，刷新看看`, 409)
  const reminder = await suspendReminder(work, { kind: KIND, subject: subjectOf(row.id), by: actor.personId })
  await keep(work, row, {
    act,
    standing: standingOf(row),
    reminder,
    ...(carried ? { carried } : {}),
    before: readBefore(row.before),
  })
  const closed = { closedAt: work.now, closedById: actor.personId, until: null, ...to }
  await work.tx.firstContact.update({ where: { id: row.id }, data: closed })
  await tell(work, actor, row, { verb: `first-contact-${act}`, content: { contactId: row.contactId, ...toJson(to) } })
}

export const keep = (work: Work, row: { id: string }, before: Before) =>
  work.tx.firstContact.update({ where: { id: row.id }, data: { before: before as Prisma.InputJsonObject } })

const toJson = (to: Partial<Standing>) => JSON.parse(JSON.stringify(to)) as Record<string, unknown>

type Told = { verb: string; content: Record<string, unknown> }

/** The audit, whoever has it before them, and the number on their workbench. */
export async function tell(work: Work, actor: Actor, row: Claimed, { verb, content }: Told): Promise<void> {
  await record(work, { actor: actor.personId, verb, subject: subjectOf(row.id), content })
  work.touched.add(`chat:${row.contactId}`)
  if (row.contact.customerId) work.touched.add(`customer:${row.contact.customerId}`)
  await tellBadges(work, [row.personId, actor.personId])
}
