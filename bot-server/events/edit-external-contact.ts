import { askProfile } from '../../domain/follow/ask-profile.js'
import { ensurePair } from '../../domain/follow/note-add.js'
import { defineEvent } from '../define.js'
import { readPair } from '../read-pair.js'

/** A rep changed a remark, a tag or a phone of a customer's: the event doesn't say what (official page 92130). */
export default defineEvent({
  name: 'edit-external-contact',
  async run({ work, organisation }, data, at) {
    const { contactId, personId } = await ensurePair(work, { organisation, ...readPair(data) })
    await askProfile(work, contactId, `${personId}:edit:${at.getTime()}`)
  },
})
