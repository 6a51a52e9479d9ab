import type { Reader } from '../../lib/db.js'
import type { Secrets } from '../../lib/secret.js'
import { listMedia } from '../message/view-media.js'
import type { Actor } from '../person/actor.js'
import type { CallsBeside } from './calls-beside.contract.js'
import { listCallsWith } from './list-calls.js'
import { listPhones } from './list-phones.js'

const MOST_PHONES = 5
/** What began on our page and nobody told the end of is asked about for a day. */
const ASKED_MS = 24 * 3_600_000

/** What stands beside a chat of calls and files, scoped by who looks. */
export async function findCallsBeside(
  db: Reader,
  actor: Actor,
  { contactId, phones, now }: { contactId: string; phones: Secrets; now: Date },
): Promise<CallsBeside> {
  const [numbers, calls, media] = await Promise.all([
    listPhones(db, actor, { contactId, phones }),
    listCallsWith(db, actor, { contactId, phones }),
    listMedia(db, actor, { contactId }),
  ])
  const fresh = now.getTime() - ASKED_MS
  return {
    phones: numbers,
    mayAddPhone: numbers.length < MOST_PHONES,
    unsaid: calls.filter(
      (call) => call.mine && call.source === 'page' && call.outcome === null && Date.parse(call.startedAt) > fresh,
    ),
    media,
  }
}
