import { z } from 'zod'
import { isOutside } from '../../channels/wecom/archive/sides.js'
import { ensureSpeaker } from '../../domain/group/ensure-speaker.js'
import { findListener } from '../../domain/group/find-listener.js'
import { ensureGroup } from '../../domain/group/open-group.js'
import { keepMedia } from '../../domain/message/keep-media.js'
import { mediaSecrets } from '../../domain/message/media-secrets.js'
import { ensurePerson } from '../../domain/person/identify.js'
import { archiveMedia } from '../archive-parts.js'
import { defineEvent } from '../define.js'
import { hear } from '../hear.js'

const said = z.object({
  messageId: z.string(),
  roomId: z.string().min(1),
  from: z.string().min(1),
  external: z.boolean(),
  to: z.array(z.string()),
  text: z.string(),
  wordless: z.boolean(),
  media: archiveMedia,
})

/**
 * Something said in a customer group, out of the archive. Who spoke is the contact, for our own words whoever of them spoke
 * last; our side is who spoke, else the group's owner or whoever of ours sits in it. A group among ours alone is none of it.
 */
export default defineEvent({
  name: 'group-message',
  async run({ work, organisation, dataKey }, data, at) {
    const { messageId, roomId, from, external, to, text, wordless, media } = said.parse(data)
    if (!external && !to.some(isOutside)) return
    const platform = { platform: 'wecom', organisation }
    const member = (value: string) => ensurePerson(work, { ...platform, kind: 'member', value })
    const { id: groupId, ownerId } = await ensureGroup(work, { ...platform, chatId: roomId })
    const listener = await findListener(work, { groupId, ownerId, before: at })
    const speaker = external ? await ensureSpeaker(work, { groupId, ...platform, externalUserId: from }) : null
    const contactId = speaker ?? listener.contactId
    const colleague = to.find((id) => !isOutside(id))
    const personId = external ? (listener.personId ?? (colleague ? await member(colleague) : null)) : await member(from)
    if (!contactId || !personId) return
    const id = await hear(work, {
      ...{ source: 'archive', sourceKey: `wecom:${messageId}`, contactId, personId, groupId, saidAt: at },
      ...{ text, wordless },
      speaker: external ? 'customer' : 'rep',
    })
    if (id) await keepMedia(work, mediaSecrets(dataKey), { messageId: id, media })
  },
})
