/** What the organisation's month has used of its edition. */
export type Metered = 'calls' | 'pushes'
export type UsageFact =
  | { type: 'ding-spent'; what: Metered; month: string }
  | { type: 'ding-quota'; calls?: number; pushes?: number; dings?: number }

export type Usage = {
  /** By month (`2026-11`, Shanghai). */
  spent: Map<string, Record<Metered, number>>
  /** As an order of the day, in place of what the settings say. */
  quota: Partial<Record<Metered | 'dings', number>>
}

export const createUsage = (): Usage => ({ spent: new Map(), quota: {} })

export const spentIn = (usage: Usage, month: string): Record<Metered, number> => usage.spent.get(month) ?? { calls: 0, pushes: 0 }

export function applyUsage(usage: Usage, fact: UsageFact): void {
  if (fact.type === 'ding-quota') {
    const { type: _, ...set } = fact
    Object.assign(usage.quota, set)
    return
  }
  const spent = spentIn(usage, fact.month)
  usage.spent.set(fact.month, { ...spent, [fact.what]: spent[fact.what] + 1 })
}
