import * as z from 'zod/mini'

/** One account of one of ours, as the page shows it. */
export const joinSide = z.object({
  personId: z.string(),
  name: z.string(),
  platforms: z.array(z.enum(['wecom', 'dingtalk'])),
  team: z.nullable(z.string()),
  /** Of the customers that are theirs. */
  customers: z.int(),
})
export type JoinSide = z.infer<typeof joinSide>

/** 一个人，两个平台: who may be one, and who was joined lately. Times ISO. */
export const personJoins = z.object({
  alike: z.array(z.object({ a: joinSide, b: joinSide })),
  joined: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Null: by the same number, nobody was asked. */
      by: z.nullable(z.string()),
      at: z.string(),
    }),
  ),
})
export type PersonJoins = z.infer<typeof personJoins>

/** `a` and `b` in any order. */
export const joinPersonsInput = z.object({ requestId: z.uuid(), a: z.uuid(), b: z.uuid() })
export const personJoined = z.object({ joinId: z.string() })
export const undoJoinInput = z.object({ requestId: z.uuid() })
