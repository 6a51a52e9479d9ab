import * as z from 'zod/mini'

/** Why nothing came of a first contact within its 24 hours, the first that holds. */
export const leakReason = z.enum(['late', 'idle', 'unreached'])
export type LeakReason = z.infer<typeof leakReason>

/** What came of first contacts whose 24 hours are over. */
export const tally = z.object({
  all: z.int(),
  /** An opportunity within 24 hours. */
  opportunity: z.int(),
  /** A reason within 24 hours: 不是客户, 老客户的新联系人, 先养着. */
  settled: z.int(),
  /** Neither. `leaked / all` is the leak rate. */
  leaked: z.int(),
  reasons: z.object({ late: z.int(), idle: z.int(), unreached: z.int() }),
  /** Of the leaked: handled by now, too late. */
  afterwards: z.int(),
})
export type Tally = z.infer<typeof tally>

/** One rep's week. */
export const leakCell = z.object({ leaked: z.int(), all: z.int() })
export type LeakCell = z.infer<typeof leakCell>

export const weeks = z.union([z.literal(1), z.literal(4), z.literal(8)])
export type Weeks = z.infer<typeof weeks>

export const leakReport = z.object({
  /** ISO days, both inclusive: whole weeks from Monday. */
  from: z.string(),
  to: z.string(),
  total: tally,
  /** Within their 24 hours still: not counted yet. */
  running: z.int(),
  bySource: z.array(z.object({ source: z.string(), tally })),
  /** 渠道, as people call it; null: came by none. */
  byChannel: z.array(z.object({ channel: z.nullable(z.string()), label: z.string(), tally })),
  /** By Monday, oldest first, weeks without any included. */
  byWeek: z.array(z.object({ week: z.string(), tally })),
  /** Who leaked most first; `weeks` in the order of `byWeek`. */
  byRep: z.array(z.object({ id: z.string(), name: z.string(), tally, weeks: z.array(leakCell) })),
})
export type LeakReport = z.infer<typeof leakReport>

export const leakNames = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      contactId: z.string(),
      name: z.string(),
      rep: z.string(),
      source: z.string(),
      channel: z.nullable(z.string()),
      at: z.string(),
      heardAt: z.string(),
      dueAt: z.string(),
      outcome: z.enum(['opportunity', 'settled', 'leaked', 'running']),
      reason: z.nullable(leakReason),
      /** What happened on the way, in words. */
      words: z.string(),
    }),
  ),
  next: z.nullable(z.string()),
})
export type LeakNames = z.infer<typeof leakNames>

export const reportQuery = z.object({ weeks: z._default(z.string().check(z.regex(/^(1|4|8)$/)), '4') })
export const namesQuery = z.object({
  weeks: z._default(z.string().check(z.regex(/^(1|4|8)$/)), '4'),
  outcome: z.optional(z.enum(['opportunity', 'settled', 'leaked', 'running', 'late', 'idle', 'unreached'])),
  source: z.optional(z.string().check(z.maxLength(20))),
  /** Empty: those that came by none. */
  channel: z.optional(z.string().check(z.maxLength(64))),
  rep: z.optional(z.uuid()),
  /** Its Monday. */
  week: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  after: z.optional(z.string().check(z.maxLength(100))),
})
export type NamesAsked = Omit<z.infer<typeof namesQuery>, 'weeks'> & { weeks: Weeks }
