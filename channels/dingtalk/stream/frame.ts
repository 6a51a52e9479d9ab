import * as z from 'zod'

/** One frame of the gateway, its `data` opened. */
export type StreamFrame = {
  /** SYSTEM, EVENT or CALLBACK. */
  type: string
  topic: string
  messageId: string
  /** All of them: those of an event say its type, id, organisation and moment. */
  headers: Record<string, unknown>
  data: unknown
  /** `data` as it came: a ping is answered with the very same. */
  raw: string
}

const frame = z.object({
  type: z.string(),
  headers: z.looseObject({ topic: z.string(), messageId: z.string() }),
  data: z.string().optional(),
})

/**
 * What came over the socket. `broken` has the message id of a frame that has one and does not fit otherwise, and whatever
 * was JSON in it: a used-up quota, for one, comes as a code without content.
 * https://open-dingtalk.github.io/developerpedia/docs/learn/stream/protocol
 */
export function readFrame(text: string): { frame: StreamFrame } | { broken: { messageId: string | null; json: unknown } } {
  const json = jsonOf(text)
  const parsed = frame.safeParse(json)
  if (!parsed.success) return { broken: { messageId: messageIdOf(json), json } }
  const { type, headers, data: raw = '' } = parsed.data
  const data = raw === '' ? null : jsonOf(raw)
  if (data === undefined) return { broken: { messageId: headers.messageId, json } }
  return { frame: { type, topic: headers.topic, messageId: headers.messageId, headers, data, raw } }
}

const messageIdOf = (json: unknown): string | null => {
  const found = z.object({ headers: z.object({ messageId: z.string() }) }).safeParse(json)
  return found.success ? found.data.headers.messageId : null
}

/** undefined: it is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
