import * as z from 'zod/mini'
import { directoryView } from '../directory/directory.contract.js'

/** How it stands with what the platform tells us: for an administrator. Times ISO. */
export const platformView = z.object({
  sync: z.object({
    /** When everybody's customers were last looked at; null: never. */
    lastAt: z.nullable(z.string()),
    /** Lists and pages that are still to be read. */
    waiting: z.int(),
    /** Why the last look came to nothing, in the platform's words. */
    why: z.nullable(z.string()),
    /** Whose lists were read to their end, and customers that are on them. */
    members: z.int(),
    contacts: z.int(),
  }),
  /** By how much this machine's clock is ahead of the platform's (behind: below 0), where that was seen; else null. */
  skewSeconds: z.nullable(z.int()),
  directory: directoryView,
  /** What nobody here understands. */
  unheard: z.array(z.object({ source: z.string(), event: z.string(), count: z.int(), lastAt: z.string() })),
})
export type PlatformView = z.infer<typeof platformView>
