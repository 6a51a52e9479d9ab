import { z } from 'zod'
import { hearPhoneCall } from '../../domain/call/hear-phone-call.js'
import { phoneCall } from '../../domain/call/phone-call.js'
import { contactSecrets } from '../../domain/contact/contact-phones.js'
import { pointSecrets } from '../../domain/reach/point-secrets.js'
import { defineEvent } from '../define.js'

const told = phoneCall.extend({ source: z.enum(['hook', 'csv']) })

/** A call of the organisation's phone system, pushed by it or out of its CSV. */
export default defineEvent({
  name: 'phone-call',
  async run({ work, dataKey }, data) {
    await hearPhoneCall(work, { phones: contactSecrets(dataKey), points: pointSecrets(dataKey) }, told.parse(data))
  },
})
