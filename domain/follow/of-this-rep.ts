/** A customer whom the platform itself names among this rep's: what is written there needs that. */
export const ofThisRep = (pair: { contactId: string; personId: string }) => ({ ...pair, endedAt: null, addWay: { not: null } })
