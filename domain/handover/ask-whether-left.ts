import { later } from '../outbox.js'
import type { Work } from '../work.js'

/** The platform is asked how it stands with a colleague. `why` tells one occasion from another: the same one asks once. */
export async function askWhetherLeft(work: Work, personId: string, why: string, { attempt = 1, notBefore = work.now } = {}) {
  await later(work, {
    kind: 'confirm-left',
    key: `confirm-left:${personId}:${why}:${attempt}`,
    // Not the person's own: a card that can't leave must not hold up the question why.
    lane: `member:${personId}`,
    payload: { personId, attempt },
    notBefore,
  })
}
