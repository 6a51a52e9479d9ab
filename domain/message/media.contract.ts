import * as z from 'zod/mini'

/**
 * waiting: known of, nobody has asked for it · asked: being fetched · here · gone: can't be had any more, `reason` says why.
 * `waiting` with a reason: it was asked for in vain and may be asked for again.
 */
export const mediaState = z.enum(['waiting', 'asked', 'here', 'gone'])
export type MediaState = z.infer<typeof mediaState>

export const mediaKind = z.enum(['image', 'voice', 'video', 'file', 'emotion'])
export type MediaKind = z.infer<typeof mediaKind>

/** A file of a message, as the chat shows it. */
export const mediaView = z.object({
  id: z.string(),
  messageId: z.string(),
  kind: mediaKind,
  name: z.nullable(z.string()),
  bytes: z.nullable(z.int()),
  state: mediaState,
  reason: z.nullable(z.string()),
})
export type MediaView = z.infer<typeof mediaView>

/** Beside a chat or a group: the files of the last words. */
export const mediaBeside = z.object({ media: z.array(mediaView) })

export const askInput = z.object({ requestId: z.uuid() })
