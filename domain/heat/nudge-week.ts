import { redrawCard } from '../card/redraw-card.js'
import { addDays } from '../leak/clock-days.js'
import type { Actor } from '../person/actor.js'
import { findPolicy } from '../reminders/policy.js'
import type { Work } from '../work.js'
import { findLeads, inTeam } from './find-leads.js'
import { nudgeRep } from './nudge-rep.js'

/** 催一下 on the week's card: whoever has a lead of that week without a price is told, each lead once. False: all were. */
export async function nudgeWeek(work: Work, actor: Actor, monday: string): Promise<boolean> {
  const { calm } = await findPolicy(work.tx)
  const days = Array.from({ length: 7 }, (_, i) => addDays(monday, i))
  const leads = await findLeads(work.tx, { days, calm, now: work.now, owner: inTeam(actor) })
  let nudged = 0
  for (const lead of leads) if (lead.outcome === 'unquoted' && (await nudgeRep(work, actor, lead.id))) nudged += 1
  if (nudged > 0) await redrawHeat(work, monday)
  return nudged > 0
}

/** Everybody's copy of the week's card follows. */
export async function redrawHeat(work: Work, monday: string): Promise<void> {
  const card = await work.tx.card.findUnique({
    where: { kind_subject: { kind: 'lead-heat', subject: `lead-heat:${monday}` } },
    select: { id: true },
  })
  if (card) await redrawCard(work, card.id)
}
