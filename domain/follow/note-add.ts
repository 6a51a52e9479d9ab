import { lockContact } from '../contact/lock-contact.js'
import { ensureContact, ensurePerson } from '../person/identify.js'
import { noteTouch } from '../touch/note-touch.js'
import type { Work } from '../work.js'
import { addKey } from './add-key.js'
import { askProfile } from './ask-profile.js'

export type Pair = { organisation: string; userid: string; externalUserId: string }
type Add = Pair & {
  at: Date
  /** The customer came without asking, and the rep has not confirmed yet. */
  half: boolean
  /** 渠道 */
  state: string | null
}

/** The two behind an event. */
export async function ensurePair(work: Work, pair: Pair): Promise<{ contactId: string; personId: string }> {
  const { organisation, userid, externalUserId } = pair
  const personId = await ensurePerson(work, { platform: 'wecom', organisation, kind: 'member', value: userid })
  const known = await ensureContact(work, { platform: 'wecom', organisation, kind: 'external', value: externalUserId })
  return { personId, contactId: await lockContact(work, known) }
}

/** They know each other from now on. An add that comes in after the deletion that followed it begins nothing anew. */
export async function noteAdd(work: Work, add: Add): Promise<{ contactId: string; personId: string }> {
  const pair = await ensurePair(work, add)
  const before = await work.tx.follow.findUnique({ where: { contactId_personId: pair } })
  const isOver = before?.endedAt != null && isEnded(before.endedAt, before.since, add.at)
  const isAgain = before?.endedAt != null && !isOver
  await work.tx.follow.upsert({
    where: { contactId_personId: pair },
    create: { ...pair, since: add.at, confirmedAt: work.now, state: add.state },
    update: {
      confirmedAt: before?.confirmedAt ?? work.now,
      ...(add.state ? { state: add.state } : {}),
      ...(isAgain ? { since: add.at, endedAt: null, endedBy: null } : {}),
    },
  })
  await noteTouch(work, {
    key: addKey(add),
    ...pair,
    source: add.half ? 'half-add' : 'add',
    at: add.at,
    ...(add.state ? { channel: add.state } : {}),
  })
  await askProfile(work, pair.contactId, `${pair.personId}:${add.half ? 'half' : 'add'}:${add.at.getTime()}`)
  work.touched.add(`chat:${pair.contactId}`)
  return pair
}

/** In the same second, the deletion is the later of the two where it was all that we knew. */
const isEnded = (endedAt: Date, since: Date, at: Date): boolean =>
  endedAt > at || (endedAt.getTime() === at.getTime() && since.getTime() === endedAt.getTime())
