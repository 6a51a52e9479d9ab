import * as z from 'zod/mini'

const said = (most: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(most))
const mayBe = (most: number) => z.nullable(z.string().check(z.trim(), z.maxLength(most)))

export const declineReasons = ['价格偏高', '交期赶不上', '选了别家', '暂时不采购', '其他'] as const

/** What a customer answers on the page of a quote. Nobody is logged in there: every word is checked. */
export const customerAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('accept'),
    requestId: z.uuid(),
    name: said(30),
    phone: mayBe(30),
    /** A PNG as a data URL. */
    signature: z.nullable(z.string().check(z.maxLength(200_000), z.regex(/^data:image\/png;base64,[A-Za-z0-9+/]+=*$/))),
  }),
  z.object({ kind: z.literal('adjust'), requestId: z.uuid(), words: said(1_000) }),
  z.object({ kind: z.literal('decline'), requestId: z.uuid(), reason: z.enum(declineReasons), words: mayBe(500) }),
  z.object({ kind: z.literal('ask'), requestId: z.uuid(), words: said(500) }),
])
export type CustomerAnswer = z.infer<typeof customerAnswer>
