import * as z from 'zod/mini'

/** Who tells of a call: the archive, 公费电话, a phone system's push or its CSV, or our own page. */
export const callSource = z.enum(['archive', 'dial', 'hook', 'csv', 'page'])
export type CallSource = z.infer<typeof callSource>

/** 接通 · 没接 · 空号 */
export const callOutcome = z.enum(['connected', 'missed', 'empty'])
export type CallOutcome = z.infer<typeof callOutcome>

/** As our side sees it. */
export const callDirection = z.enum(['in', 'out'])
export type CallDirection = z.infer<typeof callDirection>

export const callView = z.object({
  id: z.string(),
  source: callSource,
  direction: callDirection,
  startedAt: z.string(),
  seconds: z.nullable(z.int()),
  /** null: nobody said yet. */
  outcome: z.nullable(callOutcome),
  /** https only. */
  recordingUrl: z.nullable(z.string()),
  note: z.nullable(z.string()),
  /** What was said about it, to be listened to. */
  voice: z.nullable(z.object({ seconds: z.int() })),
  person: z.nullable(z.string()),
  contact: z.nullable(z.object({ id: z.string(), name: z.string(), customer: z.nullable(z.string()) })),
  /** 「138****5678」 */
  phone: z.nullable(z.string()),
  /** Whoever looks made it, or took it: theirs to say how it went. */
  mine: z.boolean(),
})
export type CallView = z.infer<typeof callView>

export const callList = z.object({ calls: z.array(callView), next: z.nullable(z.string()) })

/** Whom the sidebar can call: one row for each number. `number` is dialled, `shown` is read. */
export const callablePhone = z.object({ id: z.string(), number: z.string(), shown: z.string() })
export type CallablePhone = z.infer<typeof callablePhone>

export const startInput = z.object({ requestId: z.uuid(), contactId: z.uuid(), phoneId: z.uuid() })
export const outcomeInput = z.object({
  requestId: z.uuid(),
  outcome: callOutcome,
  note: z.optional(z.nullable(z.string().check(z.trim(), z.maxLength(500)))),
})
/** At most: as long as anybody listens. */
export const LONGEST_VOICE_S = 60
/** In the address: the recording is the body. */
export const voiceInput = z.object({ requestId: z.uuid(), seconds: z.string().check(z.regex(/^([1-9]|[1-5]\d|60)$/)) })
export const dropVoiceInput = z.object({ requestId: z.uuid() })
export const phoneInput = z.object({ requestId: z.uuid(), phone: z.string().check(z.minLength(5), z.maxLength(40)) })

/** Which of ours sits at an extension, or uses a number that WeCom does not tell us. */
export const extension = z.object({
  number: z.string().check(z.trim(), z.regex(/^\+?\d{2,15}$/)),
  personId: z.uuid(),
})
export type Extension = z.infer<typeof extension>
export const extensions = z.array(extension).check(z.maxLength(1000))
export const extensionsInput = z.object({ requestId: z.uuid(), version: z.int(), extensions })

/** How calls reach us here, and what stands in the way. */
export const callSetup = z.object({
  extensions: z.array(z.object({ number: z.string(), personId: z.string(), name: z.string() })),
  version: z.int(),
  /** Numbers of ours that calls named and nobody is known to use, with how many calls wait for that. */
  unknown: z.array(z.object({ number: z.string(), calls: z.int() })),
  hook: z.object({ on: z.boolean(), lastAt: z.nullable(z.string()), address: z.string() }),
  dial: z.object({ lastAt: z.nullable(z.string()), why: z.nullable(z.string()) }),
})
export type CallSetup = z.infer<typeof callSetup>

/** A CSV before anything of it is kept, and after. */
export const csvReading = z.object({
  total: z.int(),
  good: z.int(),
  /** Line in the file, from 1, and what is wrong with it. The first 100. */
  errors: z.array(z.object({ line: z.int(), words: z.string() })),
  wrong: z.int(),
  /** The first ones as they were understood. */
  sample: z.array(
    z.object({
      line: z.int(),
      direction: z.nullable(callDirection),
      caller: z.string(),
      callee: z.string(),
      startedAt: z.string(),
      seconds: z.nullable(z.int()),
      outcome: callOutcome,
    }),
  ),
  /** Numbers and extensions of ours that nobody is known to use. */
  unknown: z.array(z.string()),
  /** Set once it is kept: how many calls are new to us. */
  kept: z.nullable(z.int()),
})
export type CsvReading = z.infer<typeof csvReading>
