import { defineEvent } from '../define.js'
import { hearConsent } from '../hear-consent.js'

/** A customer does not want the chat to be archived, or no longer (official page 91774). */
export default defineEvent({
  name: 'chat-disagree',
  run: (ctx, data, at) => hearConsent(ctx, data, { consent: 'refused', at }),
})
