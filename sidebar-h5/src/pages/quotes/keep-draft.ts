import * as z from 'zod/mini'
import { quoteDraft } from '../../../../domain/quote/quote.contract.js'

/** What was written here and is not on the server yet. It outlives a closed page and a lost connection. */
const kept = z.object({
  rev: z.int(),
  draft: quoteDraft,
  /** What was on its way to the server, and under which id: asked again with it, it is done once. */
  sent: z.nullable(z.object({ requestId: z.string(), draft: quoteDraft })),
})
export type Kept = z.infer<typeof kept>

const nameOf = (id: string) => `bulou:quote:${id}`

/** Null, too, for what an older release of the page left behind. */
export function readKept(id: string): Kept | null {
  try {
    const words = localStorage.getItem(nameOf(id))
    return words ? (z.safeParse(kept, JSON.parse(words)).data ?? null) : null
  } catch {
    return null
  }
}

export function keep(id: string, { rev, draft, sent }: Kept): void {
  try {
    localStorage.setItem(nameOf(id), JSON.stringify({ rev, draft, sent }))
  } catch {
    // Storage may be full or switched off: the draft is still on the screen, and on its way to the server.
  }
}

export function forget(id: string): void {
  try {
    localStorage.removeItem(nameOf(id))
  } catch {
    // As above.
  }
}
