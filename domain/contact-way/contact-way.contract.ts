import * as z from 'zod/mini'

/** 渠道活码. `qrCode` is the address of its picture; null while the platform makes it, `why` when it refused. */
export const contactWayView = z.object({
  id: z.string(),
  label: z.string(),
  people: z.array(z.string()),
  qrCode: z.nullable(z.string()),
  why: z.nullable(z.string()),
  by: z.string(),
  at: z.string(),
  /** 欢迎语配图: names this one among those that there were; null: none. */
  picture: z.nullable(z.string()),
  /** First contacts that came by it. */
  came: z.int(),
})
export type ContactWayView = z.infer<typeof contactWayView>
export const contactWayList = z.object({ ways: z.array(contactWayView) })

export const newContactWay = z.object({
  requestId: z.uuid(),
  label: z.string().check(z.trim(), z.minLength(1), z.maxLength(30)),
  /** The platform takes 100 at most. */
  personIds: z.array(z.uuid()).check(z.minLength(1), z.maxLength(100)),
})

/** The picture itself is the body; the request id stands in the query. */
export const pictureQuery = z.object({ requestId: z.uuid() })
export const pictureSet = z.object({ picture: z.string() })
