import * as z from 'zod/mini'
import { mediaKind } from '../message/media.contract.js'
import { opportunityBrief } from '../opportunity/opportunity.contract.js'

const fen = z.int().check(z.minimum(1), z.maximum(1e14))

/** What one of ours sent that may have been the price: words, a picture, a file. */
export const outsideLine = z.object({
  messageId: z.string(),
  text: z.string(),
  at: z.string(),
  by: z.string(),
  file: z.nullable(z.object({ kind: mediaKind, name: z.nullable(z.string()) })),
  /** A price was read in it. */
  proposed: z.boolean(),
})
export type OutsideLine = z.infer<typeof outsideLine>

/** A 商机 as its 72 hours see it. */
export const leadView = z.object({
  ...opportunityBrief.shape,
  customer: z.nullable(z.object({ id: z.string(), name: z.string() })),
  contact: z.nullable(z.object({ id: z.string(), name: z.string() })),
  owner: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.string(),
  dueAt: z.string(),
  /** open waits for a price · quoted · outside 系统外报价 · invalid 无效. */
  state: z.enum(['open', 'quoted', 'outside', 'invalid']),
  quotedAt: z.nullable(z.string()),
  totalFen: z.nullable(z.int()),
  invalidWhy: z.nullable(z.string()),
  /** What was sent lately, newest first; what a price was read in stands first. */
  lines: z.array(outsideLine),
})
export type LeadView = z.infer<typeof leadView>

/** 已另行报价: by a message that was sent, or only a total. */
export const outsideInput = z.object({
  requestId: z.uuid(),
  messageId: z.nullable(z.uuid()),
  totalFen: z.nullable(fen),
})
export type OutsideInput = z.infer<typeof outsideInput>

export const leadTap = z.object({ requestId: z.uuid() })
export const invalidInput = z.object({
  requestId: z.uuid(),
  why: z.nullable(z.string().check(z.trim(), z.maxLength(60))),
})

/** Beside a chat: the lead that waits for a price, and what it looks like somebody named. */
export const leadBeside = z.object({
  lead: z.nullable(
    z.object({
      id: z.string(),
      title: z.string(),
      dueAt: z.string(),
      proposed: z.nullable(z.object({ messageId: z.string(), text: z.string() })),
    }),
  ),
})
export type LeadBeside = z.infer<typeof leadBeside>
