import { type Calm, defaultCalm } from '../../domain/reminders/calm.contract.js'
import { CALM_RULE, ladderRule } from '../../domain/reminders/policy.js'
import { sayDue } from '../../domain/reminders/say-due.js'
import { sayWaiting } from '../../domain/reminders/say-waiting.js'
import { startReminder } from '../../domain/reminders/start-reminder.js'
import { setRule } from '../../domain/rule/rule.js'
import type { Db } from '../../lib/db.js'
import { newId } from '../../lib/ids.js'
import type { Cast } from './cast.js'
import { inWork, NOW } from './work.js'

export const KIND = 'requirement-change-confirm'

/** Reminders as such, whatever they are about: levels after one and two hours, to the holder and then to their lead. */
export async function createLadders(cast: Cast) {
  const { db } = cast
  const level = (to: string) => ({
    on: true,
    wait: { from: 'last', minutes: 60, counts: 'clock' },
    to: [to],
    route: [['chat'], ['sms', 'mail'], ['group']],
    title: '等着',
    desc: '等着',
  })
  await setLadder(db, { levels: [level('holder'), level('lead')] })

  return {
    /** One matter of a customer of its own, unless told whose; the reminder's id. */
    async starts(holder: string, { at = NOW, customerId = null as string | null } = {}): Promise<string> {
      const personId = await cast.personId(holder)
      const customer = customerId ?? (await createCustomer(db, personId))
      const start = { kind: KIND, subject: `ask:${newId()}`, personId, customerId: customer, at }
      return (await inWork(db, (work) => startReminder(work, start), at)) as string
    },
    /** The planner looks, as often as it has to. */
    async says(now: Date): Promise<void> {
      while ((await inWork(db, (work) => sayDue(work, 3), now)) > 0);
      while ((await inWork(db, (work) => sayWaiting(work), now)) > 0);
    },
    reminder: (id: string) => db.reminder.findUniqueOrThrow({ where: { id } }),
    notices: (where: object = {}) =>
      db.notice.findMany({
        where,
        include: { person: { select: { name: true } }, card: true },
        orderBy: [{ sayAt: 'asc' }, { id: 'asc' }],
      }),
  }
}

export const createCustomer = async (db: Db, ownerId: string): Promise<string> => {
  const id = newId()
  await db.customer.create({ data: { id, name: `客户 ${id.slice(-4)}`, ownerId, createdAt: NOW } })
  return id
}

const setLadder = (db: Db, value: { levels: object[] }) =>
  inWork(db, (work) => setRule(work, { name: ladderRule(KIND), value: value as never, by: 'test' }))

export const setCalm = (db: Db, calm: Partial<Calm>) =>
  inWork(db, (work) => setRule(work, { name: CALM_RULE, value: { ...defaultCalm, trialDays: 0, ...calm }, by: 'test' }))
