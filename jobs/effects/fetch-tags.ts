import { listTags } from '../../channels/wecom/tags.js'
import { keepTags } from '../../domain/follow/keep-tags.js'
import { defineEffect, done } from '../define.js'

/** The company's tags and their names (official page 92117). Reading twice is harmless. */
export default defineEffect({
  name: 'fetch-tags',
  ifUnknown: 'repeat',
  async run({ wecom }) {
    const tags = await listTags(wecom)
    return done({ tags, toJSON: () => ({ tags: tags.length }) })
  },
  keep: (work, _payload, { tags }) => keepTags(work, tags),
})
