import { z } from 'zod'
import { keepCall } from '../../domain/call/keep-call.js'
import { keepMedia } from '../../domain/message/keep-media.js'
import { mediaSecrets } from '../../domain/message/media-secrets.js'
import { ensureContact, ensurePerson } from '../../domain/person/identify.js'
import { archiveCall, archiveMedia } from '../archive-parts.js'
import { defineEvent } from '../define.js'
import { hear } from '../hear.js'

const said = z.object({
  messageId: z.string(),
  member: z.string(),
  external: z.string(),
  speaker: z.enum(['customer', 'rep']),
  text: z.string(),
  wordless: z.boolean(),
  call: archiveCall,
  media: archiveMedia,
})

/** Something said between one of ours and one customer's person, out of the archive; a call has a line in the chat too. */
export default defineEvent({
  name: 'chat-message',
  async run({ work, organisation, dataKey }, data, at) {
    const { messageId, member, external, speaker, call, media, ...line } = said.parse(data)
    const personId = await ensurePerson(work, { platform: 'wecom', organisation, kind: 'member', value: member })
    const contactId = await ensureContact(work, { platform: 'wecom', organisation, kind: 'external', value: external })
    const sourceKey = `wecom:${messageId}`
    const id = await hear(work, { source: 'archive', sourceKey, contactId, personId, speaker, ...line, saidAt: at })
    if (id) await keepMedia(work, mediaSecrets(dataKey), { messageId: id, media })
    if (!call) return
    await keepCall(work, {
      ...{ source: 'archive', sourceKey, personId, contactId, phone: null, startedAt: at, recordingUrl: null, note: null },
      direction: speaker === 'customer' ? 'in' : 'out',
      seconds: call.seconds,
      outcome: call.seconds > 0 ? 'connected' : 'missed',
    })
  },
})
