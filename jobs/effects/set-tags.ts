import { ChannelError } from '../../channels/channel-error.js'
import { markTags } from '../../channels/wecom/tags.js'
import { keepMarked } from '../../domain/follow/keep-marked.js'
import { type Done, defineEffect, done } from '../define.js'
import { findPair } from '../find-pair.js'

/** One of them is no more (official page 90313). */
const TAG_GONE = 40068

/** Puts tags of the company on a customer, and takes them off, for one member (official page 92118). Done twice is done once. */
export default defineEffect({
  name: 'set-tags',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { contactId, personId, add, remove }): Promise<Done<{ why?: string }>> {
    const pair = await findPair(db, { contactId, personId })
    try {
      await markTags(wecom, { ...pair, add, remove })
      return done({})
    } catch (error) {
      if (!(error instanceof ChannelError) || error.code !== TAG_GONE) throw error
      return done({ why: error.hint })
    }
  },
  keep: (work, change, { why }) => keepMarked(work, change, { gone: why !== undefined }),
  async failed(work, { contactId }) {
    work.touched.add(`chat:${contactId}`)
  },
})
