import type { Lead } from './find-leads.js'
import type { HeatTally } from './heat.contract.js'

export function tallyOf(leads: Lead[]): HeatTally {
  const count = (outcome: Lead['outcome']) => leads.filter((lead) => lead.outcome === outcome).length
  const [quoted, outside, late, unquoted] = [count('quoted'), count('outside'), count('late'), count('unquoted')]
  return {
    ...{ quoted, outside, late, unquoted, all: quoted + outside + late + unquoted },
    ...{ invalid: count('invalid'), running: count('running') },
  }
}

/** By what each is, who has most left without a price first. */
export function tallyBy(leads: Lead[], keyOf: (lead: Lead) => string): { key: string; tally: HeatTally }[] {
  const groups = new Map<string, Lead[]>()
  for (const lead of leads) {
    const group = groups.get(keyOf(lead))
    if (group) group.push(lead)
    else groups.set(keyOf(lead), [lead])
  }
  return [...groups]
    .map(([key, group]) => ({ key, tally: tallyOf(group) }))
    .sort((a, b) => b.tally.unquoted - a.tally.unquoted || b.tally.all - a.tally.all || a.key.localeCompare(b.key, 'zh'))
}
