import { z } from 'zod'
import { dialCall, hearDialCall } from '../../domain/call/hear-dial-call.js'
import { hearPhoneCall } from '../../domain/call/hear-phone-call.js'
import { phoneCall } from '../../domain/call/phone-call.js'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import { pointSecrets } from '../../domain/reach/point-secrets.js'
import { defineEvent } from '../define.js'

const told = z.discriminatedUnion('source', [
  phoneCall.extend({ source: z.literal('hook') }),
  phoneCall.extend({ source: z.literal('csv') }),
  dialCall,
])

/** A call on the phone: pushed by the organisation's phone system, out of its list, or 公费电话. */
export default defineEvent({
  name: 'phone-call',
  async run({ work, organisation, dataKey }, data) {
    const call = told.parse(data)
    const phones = contactSecrets(dataKey)
    if (call.source === 'dial') await hearDialCall(work, { phones, organisation }, call)
    else await hearPhoneCall(work, { phones, points: pointSecrets(dataKey) }, call)
  },
})
