import { newId } from '../../lib/ids.js'
import { ensureContactOfPhone } from '../contact/contact-of-phone.js'
import type { SealedPhone } from '../contact/contact-phones.js'
import { findContactByPhone } from '../contact/contact-phones.js'
import { lockContact } from '../contact/lock-contact.js'
import { confirmFollow } from '../message/hear-message.js'
import { noteTouch } from '../touch/note-touch.js'
import type { Work } from '../work.js'
import type { CallDirection, CallOutcome, CallSource } from './call.contract.js'

export type HeardCall = {
  source: CallSource
  /** The same call told again has the same: 「hook:<id>」. */
  sourceKey: string
  personId: string | null
  /** Known where the platform names the other side; else the number tells. */
  contactId: string | null
  phone: (SealedPhone & { /** 「138****5678」 */ shown: string }) | null
  direction: CallDirection
  startedAt: Date
  seconds: number | null
  outcome: CallOutcome | null
  recordingUrl: string | null
  note: string | null
}

/** Told of later than this, a call is history that was fetched: it starts no clock. */
const HISTORY_MS = 72 * 3_600_000

/**
 * Keeps one call, once, whoever tells of it and how often; what is told later fills what was not known. A call that
 * somebody took is a touch: with a number that nobody knows it makes a contact, so that the add that follows is not the first
 * we hear of them. Whoever nobody reached stays a call. Returns its id.
 */
export async function keepCall(work: Work, heard: HeardCall): Promise<string> {
  const { tx } = work
  const id = newId()
  const { phone, ...fields } = heard
  const named = heard.contactId ?? (await findOther(work, heard))
  const contactId = named && (await lockContact(work, named))
  const row = { id, ...fields, contactId, sealed: phone?.sealed ?? null, hash: phone?.hash ?? null, heardAt: work.now }
  const { count } = await tx.call.createMany({ data: row, skipDuplicates: true })
  const call = count > 0 ? row : await fillIn(work, row)
  await tellOf(work, call)
  return call.id
}

type Told = {
  id: string
  sourceKey: string
  personId: string | null
  contactId: string | null
  startedAt: Date
  seconds: number | null
  outcome: string | null
  heardAt: Date
}

/** What follows from a call that took place; done again it changes nothing. */
export async function tellOf(work: Work, call: Told): Promise<void> {
  if (call.contactId) work.touched.add(`chat:${call.contactId}`)
  if (call.personId) work.touched.add(`person:${call.personId}`)
  if (call.outcome !== 'connected' || !call.contactId || !call.personId) return
  await confirmFollow(work, call.contactId, call.personId)
  await noteTouch(work, {
    key: `call:${call.sourceKey}`,
    contactId: call.contactId,
    personId: call.personId,
    source: 'call',
    at: call.startedAt,
    ...(call.seconds === null ? {} : { seconds: call.seconds }),
    backfilled: call.heardAt.getTime() - call.startedAt.getTime() > HISTORY_MS,
  })
}

async function findOther(work: Work, { phone, personId, outcome }: HeardCall): Promise<string | null> {
  if (!phone) return null
  const { shown, ...sealed } = phone
  if (outcome !== 'connected' || !personId) return findContactByPhone(work.tx, phone.hash, personId)
  const id = await ensureContactOfPhone(work, sealed, personId)
  // Until they have a name, what a person can tell them by.
  await work.tx.contact.updateMany({
    where: { id, provisional: true, identities: { none: {} } },
    data: { name: `电话 ${shown}` },
  })
  return id
}

/** A phone system tells when it rings, when it ends and when the recording is there. What was known stays. */
async function fillIn(work: Work, told: Told & { recordingUrl: string | null; note: string | null }): Promise<Told> {
  const known = await work.tx.call.findUniqueOrThrow({ where: { sourceKey: told.sourceKey } })
  const filled = {
    personId: known.personId ?? told.personId,
    contactId: known.contactId ?? told.contactId,
    // 没接 was said while it still rang.
    outcome: known.outcome === 'connected' ? known.outcome : (told.outcome ?? known.outcome),
    seconds: Math.max(known.seconds ?? 0, told.seconds ?? 0) || (known.seconds ?? told.seconds),
    recordingUrl: known.recordingUrl ?? told.recordingUrl,
    note: known.note ?? told.note,
  }
  return work.tx.call.update({ where: { id: known.id }, data: filled })
}
