import * as z from 'zod/mini'

/** What came of the leads (商机, not undone) that began in a span and whose 72 hours ran. */
export const heatTally = z.object({
  /** Valid ones whose 72 hours are over. */
  all: z.int(),
  /** A quote of ours was sent within 72 hours: `quoted / all` is the 线索热力比. */
  quoted: z.int(),
  /** 系统外报价 within 72 hours: counted apart. */
  outside: z.int(),
  /** A price, but later. */
  late: z.int(),
  /** None until now. */
  unquoted: z.int(),
  /** 无效, whenever they began: their share is `invalid / (all + running + invalid)`. */
  invalid: z.int(),
  /** Within their 72 hours still: not counted yet, whatever came of them. */
  running: z.int(),
})
export type HeatTally = z.infer<typeof heatTally>

/** A lead without a price past its 72 hours, and what somebody above did about it. */
export const coldLead = z.object({
  id: z.string(),
  title: z.string(),
  customer: z.string(),
  contactId: z.nullable(z.string()),
  rep: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.string(),
  dueAt: z.string(),
  /** 我来打: who said so, and when. */
  calledBy: z.nullable(z.object({ name: z.string(), at: z.string() })),
  /** 催一下: who, when, and what became of the message. */
  nudgedBy: z.nullable(
    z.object({ name: z.string(), at: z.string(), sent: z.enum(['waiting', 'sent', 'failed']), until: z.nullable(z.string()) }),
  ),
})
export type ColdLead = z.infer<typeof coldLead>

export const heatReport = z.object({
  /** ISO days, both inclusive: whole weeks from Monday. */
  from: z.string(),
  to: z.string(),
  total: heatTally,
  /** By Monday, oldest first, weeks without any included. */
  byWeek: z.array(z.object({ week: z.string(), tally: heatTally })),
  byRep: z.array(z.object({ id: z.string(), name: z.string(), tally: heatTally })),
  byChannel: z.array(z.object({ label: z.string(), tally: heatTally })),
  byProduct: z.array(z.object({ label: z.string(), tally: heatTally })),
  /** Without a price until now, oldest first. */
  cold: z.array(coldLead),
  /** 报价用时: from the customer's asking to the first sending, the middle one, in minutes that pause on days off. */
  took: z.array(z.object({ label: z.string(), quotes: z.int(), minutes: z.int() })),
})
export type HeatReport = z.infer<typeof heatReport>

export const heatQuery = z.object({ weeks: z._default(z.string().check(z.regex(/^(1|4|8)$/)), '4') })
export const heatTap = z.object({ requestId: z.uuid() })

/** Below it the manager has a card. */
export const LEAST = 0.65
