import { later } from '../outbox.js'
import type { Work } from '../work.js'

/** The company's tags are read anew. `why` makes the key. */
export const askTags = (work: Work, why: string): Promise<void> =>
  later(work, { kind: 'fetch-tags', key: `fetch-tags:${why}`, lane: 'tags', payload: { why } })
