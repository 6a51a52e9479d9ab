import { shanghaiDay } from '../../lib/format/dates.js'
import { atMinute } from '../../lib/working-days.js'
import { issueCard } from '../card/issue-card.js'
import { onceADay } from '../chore.js'
import { addDays } from '../leak/clock-days.js'
import { deadlineOf } from '../opportunity/quote-clock.js'
import { isQuiet } from '../reminders/calm.js'
import { findPolicy } from '../reminders/policy.js'
import { standardRoute } from '../reminders/reminder-kind.js'
import type { Work } from '../work.js'
import { findLeads, mondayOf } from './find-leads.js'
import { LEAST } from './heat.contract.js'
import { tallyOf } from './tally.js'

/** Past the rush of the morning, and not on the hour. */
const NINE_TWENTY = 9 * 60 + 20
/** A week that ended longer ago is history: after an outage nobody is told of it. */
const LAST_WEEKS = 2

/**
 * Once a week, on the first working morning on which all of its leads have had their 72 hours: was there a quote for 65 % of them?
 * Where there was not and some still have none, the managers have one card with those. In the trial nobody is told.
 */
export async function tellCold(work: Work): Promise<boolean> {
  const { calm, trialUntil } = await findPolicy(work.tx)
  if (work.now < trialUntil || isQuiet(work.now, calm)) return false
  for (let ago = 1; ago <= LAST_WEEKS; ago += 1) {
    const monday = addDays(mondayOf(work.now), -7 * ago)
    const over = deadlineOf(atMinute(addDays(monday, 7), 0), calm)
    // Exactly at midnight where no day off lies between: told in the morning of that day.
    if (over > work.now || work.now < atMinute(shanghaiDay(work.now), NINE_TWENTY)) continue
    if (!(await onceADay(work, 'lead-heat', monday))) continue
    const days = Array.from({ length: 7 }, (_, i) => addDays(monday, i))
    const tally = tallyOf(await findLeads(work.tx, { days, calm, now: work.now, owner: {} }))
    if (tally.all === 0 || tally.unquoted === 0 || tally.quoted / tally.all >= LEAST) continue
    const managers = await work.tx.person.findMany({
      where: { roles: { has: 'manager' }, leftAt: null },
      select: { id: true },
      orderBy: { id: 'asc' },
    })
    const people = managers.map(({ id }) => id)
    await issueCard(work, { kind: 'lead-heat', subject: `lead-heat:${monday}`, people, route: standardRoute })
    return true
  }
  return false
}
