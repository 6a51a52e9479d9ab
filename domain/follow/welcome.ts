import type { Reader } from '../../lib/db.js'
import { sha256 } from '../../lib/ids.js'
import { findWelcomePicture } from '../contact-way/welcome-picture.js'
import { later } from '../outbox.js'
import { findRule } from '../rule/rule.js'
import { settings } from '../rule/settings.js'
import type { Work } from '../work.js'
import { noteSkew } from './clock-skew.js'

/** The platform takes the code for so long (official page 92137). */
const HOLDS_MS = 20_000
/** Before anything else that waits: nothing else is worth nothing after 20 seconds. */
const FIRST = 9

/** 欢迎语. Null: the administrator wants none. */
export async function findWelcome(db: Reader): Promise<string | null> {
  const set = settings.welcome.schema.safeParse(await findRule(db, 'welcome'))
  return set.success && set.data !== '' ? set.data : null
}

type Greeted = {
  contactId: string
  personId: string
  code: string
  /** When they came together, by the platform's clock. */
  at: Date
  /** When we heard of it, by ours. */
  receivedAt: Date
}

/** A lane of its own: it waits for nobody's profile. Without words of the administrator's or a picture nothing is asked for. */
export async function queueWelcome(work: Work, { contactId, personId, code, at, receivedAt }: Greeted): Promise<void> {
  await noteSkew(work, { at, receivedAt })
  // From when we heard of it: two clocks that differ must not cost every greeting. A code that is spent says so itself.
  const expiresAt = new Date(receivedAt.getTime() + HOLDS_MS)
  if (code === '' || expiresAt <= work.now) return
  const wanted = (await findWelcome(work.tx)) ?? (await findWelcomePicture(work.tx, { contactId, personId, now: work.now }))
  if (!wanted) return
  await later(work, {
    kind: 'send-welcome',
    key: `send-welcome:${sha256(code)}`,
    lane: `welcome:${contactId}:${personId}`,
    payload: { contactId, personId, code, until: expiresAt.toISOString() },
    expiresAt,
    priority: FIRST,
  })
}
