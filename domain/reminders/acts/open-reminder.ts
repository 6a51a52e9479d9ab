import { Refused } from '../../../lib/errors.js'
import { isUuid, newId } from '../../../lib/ids.js'
import { record } from '../../audit/record.js'
import type { Actor } from '../../person/actor.js'
import type { Work } from '../../work.js'
import { findPolicy, type Policy } from '../policy.js'
import { mayAct } from '../reminder-visible-to.js'
import { redrawReminder } from '../settle-reminder.js'

/** «<id>» from a page, «<id>#<level>.<round>» from a card: what is acted on is always what stands now. */
export const reminderIdOf = (subjectId: string) => subjectId.split('#')[0] ?? subjectId

export type Opened = NonNullable<Awaited<ReturnType<typeof openReminder>>>

/**
 * The reminder that somebody wants to do something about, locked: two presses are one after the other. Null when it is
 * settled, or when a card is pressed whose saying was answered before: the press came too late. `level` and `round` are the
 * saying that is meant: the pressed card's, or the last one.
 */
export async function openReminder(work: Work, actor: Actor, subjectId: string) {
  const id = reminderIdOf(subjectId)
  if (!isUuid(id)) throw new Refused('no-such-reminder', '没有这条提醒', 404)
  await work.tx.$queryRaw`SELECT 1 FROM reminder WHERE id = ${id}::uuid FOR UPDATE`
  const reminder = await work.tx.reminder.findUnique({ where: { id } })
  if (!reminder || !(await mayAct(work.tx, actor, reminder))) throw new Refused('no-such-reminder', '没有这条提醒', 404)
  if (reminder.state !== 'open') return null
  const last = await work.tx.notice.findFirst({
    where: { reminderId: id, state: { not: 'withdrawn' } },
    orderBy: [{ sayAt: 'desc' }, { id: 'desc' }],
    select: { level: true, round: true },
  })
  const [, level, round] = /#(\d+)\.(\d+)$/.exec(subjectId) ?? []
  const said = { level: level ? Number(level) : (last?.level ?? 0), round: round ? Number(round) : (last?.round ?? 0) }
  const answered = await work.tx.reminderAct.count({ where: { reminderId: id, ...said } })
  if (level && answered > 0) return null
  const policy: Policy = await findPolicy(work.tx)
  return { reminder, said, policy, ladder: policy.ladderOf(reminder.kind) }
}

type Deed = { act: string; toId?: string | null; note?: string | null }

/** What was done stands on the ladder, on the customer's timeline and in the audit; the cards follow. */
export async function keepAct(work: Work, actor: Actor, { reminder, said }: Opened, deed: Deed): Promise<string> {
  const id = newId()
  const { act, toId = null, note = null } = deed
  await work.tx.reminderAct.create({
    data: { id, reminderId: reminder.id, ...said, personId: actor.personId, act, toId, note, at: work.now },
  })
  const content = { kind: reminder.kind, about: reminder.subject, ...said, toId, note }
  await record(work, { actor: actor.personId, verb: `reminder-${act}`, subject: `reminder:${reminder.id}`, content })
  await redrawReminder(work, reminder.id)
  return id
}
