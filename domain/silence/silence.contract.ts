import * as z from 'zod/mini'

/** 沉默. A signal like those of a message, but of time: `words` say the rhythm that was broken and for how long, `since` their last word. */
export const silence = z.object({ name: z.literal('沉默'), words: z.string(), since: z.string() })
export type Silence = z.infer<typeof silence>
