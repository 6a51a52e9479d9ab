import { Refused } from '../../lib/errors.js'
import { newId } from '../../lib/ids.js'
import { type Actor, contactVisibleTo } from '../person/actor.js'
import type { Work } from '../work.js'

/** A rep taps 打电话: the call stands at once, so that the question how it went is there when they come back, or tomorrow. */
export async function startCall(
  work: Work,
  actor: Actor,
  { contactId, phoneId }: { contactId: string; phoneId: string },
): Promise<string> {
  const phone = await work.tx.contactPhone.findFirst({ where: { id: phoneId, contactId, contact: contactVisibleTo(actor) } })
  if (!phone) throw new Refused('unknown-phone', '这个号码已经不在了，刷新看看', 404)
  const id = newId()
  const row = {
    contactId,
    personId: actor.personId,
    sealed: phone.sealed,
    hash: phone.hash,
    startedAt: work.now,
    heardAt: work.now,
  }
  await work.tx.call.create({ data: { id, source: 'page', sourceKey: `page:${id}`, direction: 'out', ...row } })
  work.touched.add(`chat:${contactId}`)
  return id
}
