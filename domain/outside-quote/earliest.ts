const WEEK_MS = 7 * 24 * 3_600_000

/** People name a price and record the lead afterwards; what was said longer before was of something else. */
export const earliestOf = (createdAt: Date): Date => new Date(createdAt.getTime() - WEEK_MS)
