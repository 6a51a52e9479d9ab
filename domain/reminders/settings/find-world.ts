import type { Reader } from '../../../lib/db.js'
import type { World } from './check-ladder.js'
import type { ChannelState } from './settings.contract.js'

/** What there is to reach people with, as far as it is known without a reminder. */
export async function findWorld(db: Reader, channels: ChannelState[]): Promise<World> {
  const count = (channel: string) =>
    db.contactPoint.count({ where: { channel, provedAt: { not: null }, person: { leftAt: null } } })
  const [sms, mail, manager] = await Promise.all([
    count('sms'),
    count('mail'),
    db.person.count({ where: { roles: { has: 'manager' }, leftAt: null } }),
  ])
  return { channels, points: { sms, mail }, people: { manager } }
}
