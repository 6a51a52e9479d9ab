import { defineEvent } from '../define.js'
import { hearConsent } from '../hear-consent.js'

/** A customer agreed that the chat is archived, as the archive itself tells it (official page 91774). */
export default defineEvent({ name: 'chat-agree', run: (ctx, data, at) => hearConsent(ctx, data, { consent: 'agreed', at }) })
