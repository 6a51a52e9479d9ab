import * as z from 'zod/mini'

export const LONGEST_TITLE = 60
/** 10,000 亿: far above any deal, and safe as a number of 分. */
const MOST_FEN = 1e14

const title = z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_TITLE))
const word = z.string().check(z.trim(), z.maxLength(LONGEST_TITLE))
const fen = z.int().check(z.minimum(0), z.maximum(MOST_FEN))

/** How far a deal has come; free words, these are offered. */
export const STAGES = ['初步接触', '需求确认', '已报价', '谈判中'] as const

export const opportunityBrief = z.object({ id: z.string(), number: z.int(), title: z.string() })
export type OpportunityBrief = z.infer<typeof opportunityBrief>

export const opportunityView = z.extend(opportunityBrief, {
  source: z.nullable(z.string()),
  stage: z.nullable(z.string()),
  /** 分. */
  amountFen: z.nullable(z.int()),
})
export type OpportunityView = z.infer<typeof opportunityView>

/** 建商机: the tap is enough; what was changed before it is said. */
export const makeInput = z.object({
  requestId: z.uuid(),
  title: z.optional(title),
  source: z.optional(z.nullable(word)),
  stage: z.optional(z.nullable(word)),
  amountFen: z.optional(z.nullable(fen)),
})
export type MakeInput = z.infer<typeof makeInput>

/** 补充: an opportunity is made with one tap, what else is known may follow. */
export const editInput = z.object({
  requestId: z.uuid(),
  title,
  source: z.nullable(word),
  stage: z.nullable(word),
  amountFen: z.nullable(fen),
})
export type EditInput = z.infer<typeof editInput>
