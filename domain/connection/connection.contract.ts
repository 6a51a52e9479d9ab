import * as z from 'zod/mini'

const time = z.nullable(z.string())

/** How it stands with DingTalk, for an administrator. Times ISO. */
export const dingtalkView = z.object({
  /** Null: this organisation has not connected it. */
  dingtalk: z.nullable(
    z.object({
      mode: z.enum(['stream', 'http']),
      /** Of Stream mode: connections that stand, of those that shall. Null over HTTP. */
      streams: z.nullable(z.object({ standing: z.int(), wanted: z.int(), trouble: z.nullable(z.string()) })),
      /** When something of each sort came in last, as far as is looked back. */
      heard: z.object({ event: time, robot: time, press: time }),
      /** Is there a card template? Without one what has buttons leaves as a message with a link. */
      cards: z.boolean(),
      people: z.object({
        /** Colleagues by where they are. */
        dingtalk: z.int(),
        wecom: z.int(),
        both: z.int(),
        /** Nothing reaches these there, and why. */
        barred: z.array(z.object({ id: z.string(), name: z.string(), why: z.string() })),
      }),
      /** To copy into DingTalk's console: the micro-app, and the 酷应用 of internal groups on the phone and on a PC. */
      links: z.object({ home: z.string(), phone: z.string(), pc: z.string() }),
    }),
  ),
})
export type DingtalkView = z.infer<typeof dingtalkView>
type Connected = NonNullable<DingtalkView['dingtalk']>
export type DingtalkPeople = Connected['people']
export type DingtalkHeard = Connected['heard']
export type DingtalkLinks = Connected['links']
