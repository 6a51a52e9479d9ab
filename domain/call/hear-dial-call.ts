import * as z from 'zod'
import { maskPhone } from '../../lib/format/phone.js'
import type { Secrets } from '../../lib/secret.js'
import { sealPhone } from '../contact/contact-phones.js'
import { ensurePerson } from '../person/identify.js'
import type { Work } from '../work.js'
import { keepCall } from './keep-call.js'

/** One 公费电话 call to one number, as it waits in the inbox. */
export const dialCall = z.object({
  source: z.literal('dial'),
  userid: z.string().min(1),
  phone: z.string().min(1),
  startedAt: z.iso.datetime().transform((text) => new Date(text)),
  seconds: z.number().int().min(0),
})
export type DialCall = z.infer<typeof dialCall>

/** The platform tells of calls that were taken only, and of members by their userid. */
export async function hearDialCall(
  work: Work,
  { phones, organisation }: { phones: Secrets; organisation: string },
  call: DialCall,
): Promise<void> {
  // A landline that the platform tells as a number has lost its zero.
  const number = [call.phone, `0${call.phone}`].find((text) => sealPhone(phones, text) !== null)
  const sealed = number ? sealPhone(phones, number) : null
  if (!number || !sealed) return
  const userid = call.userid.toLowerCase()
  const personId = await ensurePerson(work, { platform: 'wecom', organisation, kind: 'member', value: userid })
  await keepCall(work, {
    ...{ source: 'dial', sourceKey: `dial:${call.startedAt.getTime()}:${userid}:${sealed.hash}`, personId, contactId: null },
    ...{ phone: { ...sealed, shown: maskPhone(number) }, direction: 'out', startedAt: call.startedAt, seconds: call.seconds },
    ...{ outcome: 'connected', recordingUrl: null, note: null },
  })
}
