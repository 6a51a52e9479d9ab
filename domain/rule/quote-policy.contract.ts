import * as z from 'zod/mini'
import { bp, fen, instalments } from '../quote/quote.contract.js'

const whole = instalments.check(z.refine((parts) => parts.reduce((all, { shareBp }) => all + shareBp, 0) === 10_000))
const words = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most))

/** 报价政策: what a quote may be without asking anybody, and what stands on it unless its writer says otherwise. */
export const quotePolicy = z.object({
  /** 最低毛利 of a whole quote; a price book may have its own. */
  leastMarginBp: bp.check(z.maximum(9_900)),
  /** A line whose cost nobody knows: only noted, or put to a manager. */
  unknownCost: z.enum(['note', 'approve']),
  /** 有效期 of a new quote, in days. */
  defaultValidDays: z.int().check(z.minimum(1), z.maximum(365)),
  /** An acceptance over it has to come back with a seal; null: none has to for its amount. */
  stampOverFen: z.nullable(fen),
  /** So has the first one of a customer. */
  stampForNew: z.boolean(),
  /** 区域配额: what may be offered to customers of a region in a calendar month. */
  quotas: z.array(z.object({ region: words(20), monthFen: fen })).check(
    z.maxLength(100),
    z.refine((rows) => new Set(rows.map(({ region }) => region)).size === rows.length),
  ),
  /** 分期 to propose, the best one in front; each adds up to the whole. */
  instalmentTemplates: z.array(whole).check(z.maxLength(6)),
  /** Who lets a quote pass that breaks the policy (person ids); none: the rep's own superior, else the sales managers. */
  deciders: z.array(z.uuid()).check(z.maxLength(20)),
  /** 公司电话 on quotes. */
  phone: z.nullable(words(30)),
})
export type QuotePolicy = z.infer<typeof quotePolicy>

export const defaultQuotePolicy: QuotePolicy = {
  leastMarginBp: 1850,
  unknownCost: 'note',
  defaultValidDays: 15,
  stampOverFen: 10_000_000,
  stampForNew: true,
  quotas: [],
  instalmentTemplates: [
    [
      { label: '定金', shareBp: 3000, when: '下单时预付' },
      { label: '发货款', shareBp: 6000, when: '发货前付' },
      { label: '质保金', shareBp: 1000, when: '验收后 30 天内付' },
    ],
    [
      { label: '定金', shareBp: 5000, when: '下单时预付' },
      { label: '尾款', shareBp: 5000, when: '发货前付' },
    ],
    [{ label: '全款', shareBp: 10_000, when: '款到发货' }],
  ],
  deciders: [],
  phone: null,
}

const named = z.object({ id: z.string(), name: z.string() })
/** `colleagues`: who may be named as a decider; `regions`: those that customers have; `lost`: what quotes go without, as they are set up. */
export const quotePolicyPage = z.object({
  value: quotePolicy,
  /** 0: nobody set one yet. */
  version: z.int(),
  by: z.nullable(z.string()),
  at: z.nullable(z.string()),
  mayEdit: z.boolean(),
  colleagues: z.array(named),
  regions: z.array(z.string()),
  lost: z.array(z.string()),
})
export type QuotePolicyPage = z.infer<typeof quotePolicyPage>

export const quotePolicyInput = z.object({ requestId: z.uuid(), expected: z.int().check(z.minimum(0)), value: quotePolicy })

/** Who changed what, newest first. */
export const quotePolicyHistory = z.object({
  versions: z.array(
    z.object({
      version: z.int(),
      by: z.string(),
      at: z.string(),
      changes: z.array(z.object({ what: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
})
export type QuotePolicyHistory = z.infer<typeof quotePolicyHistory>
