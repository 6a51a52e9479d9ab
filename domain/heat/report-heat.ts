import type { Reader } from '../../lib/db.js'
import { findLabels } from '../contact-way/find-labels.js'
import { daysOf } from '../leak/clock-days.js'
import { assertLooks } from '../leak/counted.js'
import type { Actor } from '../person/actor.js'
import { findPolicy } from '../reminders/policy.js'
import { findCold } from './find-cold.js'
import { findLeads, inTeam } from './find-leads.js'
import { findTook } from './find-took.js'
import type { HeatReport } from './heat.contract.js'
import { tallyBy, tallyOf } from './tally.js'

/** The report asks for so many weeks, the last of them that of `now`. */
type Ask = { weeks: 1 | 4 | 8; now: Date }

/**
 * **线索热力比 = `quoted / all`**: of the valid leads that began in these weeks and whose 72 hours are over, those of which a quote
 * of ours was sent within them. 系统外报价 and 无效 stand beside it. Exact definitions: find-leads.ts.
 */
export async function reportHeat(db: Reader, actor: Actor, { weeks, now }: Ask): Promise<HeatReport> {
  assertLooks(actor)
  const { calm } = await findPolicy(db)
  const { from, to, days } = daysOf(weeks, now)
  const owner = inTeam(actor)
  const leads = await findLeads(db, { days, calm, now, owner })
  const labels = await findLabels(
    db,
    leads.map(({ channel }) => channel),
  )
  const names = new Map(leads.map(({ rep }) => [rep.id, rep.name]))
  const weeksOf = new Map(tallyBy(leads, (lead) => lead.week).map(({ key, tally }) => [key, tally]))
  const mondays = days.filter((_, i) => i % 7 === 0)
  const channelOf = (channel: string | null) => (channel ? (labels.get(channel) ?? channel) : '没有渠道')
  const labelled = (keyOf: (lead: (typeof leads)[number]) => string) =>
    tallyBy(leads, keyOf).map(({ key, tally }) => ({ label: key, tally }))
  return {
    from,
    to,
    total: tallyOf(leads),
    byWeek: mondays.map((week) => ({ week, tally: weeksOf.get(week) ?? tallyOf([]) })),
    byRep: tallyBy(leads, ({ rep }) => rep.id).map(({ key, tally }) => ({ id: key, name: names.get(key) ?? '', tally })),
    byChannel: labelled(({ channel }) => channelOf(channel)),
    byProduct: labelled(({ product }) => product),
    cold: await findCold(db, leads),
    took: await findTook(db, { days, calm, owner }),
  }
}
