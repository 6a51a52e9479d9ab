import { Refused } from '../../lib/errors.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute, minutesOf } from '../../lib/working-days.js'
import type { Actor } from '../person/actor.js'
import { findPolicy } from '../reminders/policy.js'
import type { Work } from '../work.js'
import { claim, close } from './close.js'
import { getFirstContact } from './find-first-contact.js'
import type { FirstContactView } from './first-contact.contract.js'

const FARTHEST_MS = 400 * 24 * 3_600_000

/** 先养着, until the morning of a day (ISO, in Shanghai): then it is open again, and its clock begins anew. */
export async function nurture(work: Work, actor: Actor, { id, until }: { id: string; until: string }): Promise<FirstContactView> {
  if (until <= shanghaiDay(work.now)) throw new Refused('past', '选明天或以后的一天')
  const { calm } = await findPolicy(work.tx)
  const at = atMinute(until, minutesOf(calm.morning))
  if (at.getTime() > work.now.getTime() + FARTHEST_MS) throw new Refused('too-far', '最远能定到一年后')
  const row = await claim(work, actor, id)
  const isSame = row.state === 'nurturing' && row.until?.getTime() === at.getTime()
  if (!isSame) await close(work, actor, row, { act: 'nurture', to: { state: 'nurturing', until: at } })
  return getFirstContact(work.tx, actor, { id, now: work.now })
}
