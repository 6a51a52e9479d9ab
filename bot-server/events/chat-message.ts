import { z } from 'zod'
import { ensureContact, ensurePerson } from '../../domain/person/identify.js'
import { defineEvent } from '../define.js'
import { hear } from '../hear.js'

const said = z.object({
  messageId: z.string(),
  member: z.string(),
  external: z.string(),
  speaker: z.enum(['customer', 'rep']),
  text: z.string(),
})

/** Something said between one of ours and one customer's person, out of the archive. */
export default defineEvent({
  name: 'chat-message',
  async run({ work, organisation }, data, at) {
    const { messageId, member, external, speaker, text } = said.parse(data)
    const personId = await ensurePerson(work, { platform: 'wecom', organisation, kind: 'member', value: member })
    const contactId = await ensureContact(work, { platform: 'wecom', organisation, kind: 'external', value: external })
    await hear(work, { source: 'archive', sourceKey: `wecom:${messageId}`, contactId, personId, speaker, text, saidAt: at })
  },
})
