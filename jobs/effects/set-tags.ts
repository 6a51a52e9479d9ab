import { markTags } from '../../channels/wecom/tags.js'
import { askProfile } from '../../domain/follow/ask-profile.js'
import { sha256 } from '../../lib/ids.js'
import { defineEffect, done } from '../define.js'
import { findPair } from '../find-pair.js'

/**
 * Puts tags of the company on a customer, and takes them off, for one member (official page 92118). Done twice is done once.
 * What an app does calls nobody back, so the profile is asked for.
 */
export default defineEffect({
  name: 'set-tags',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { contactId, personId, add, remove }) {
    const pair = await findPair(db, { contactId, personId })
    await markTags(wecom, { ...pair, add, remove })
    return done({ add: add.length, remove: remove.length })
  },
  keep: (work, { contactId, personId, add, remove }) =>
    askProfile(work, contactId, `tags:${personId}:${sha256(JSON.stringify([add, remove])).slice(0, 16)}:${work.now.getTime()}`),
})
