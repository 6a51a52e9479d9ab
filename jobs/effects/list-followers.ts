import { listFollowers } from '../../channels/wecom/contact-pages.js'
import { spreadSync } from '../../domain/follow/spread-sync.js'
import { defineEffect, done } from '../define.js'

/** Which members may have customers (official page 92571): each is looked at by itself. Reading twice is harmless. */
export default defineEffect({
  name: 'list-followers',
  ifUnknown: 'repeat',
  async run({ wecom }) {
    return done({ organisation: wecom.settings.corpId, userids: await listFollowers(wecom) })
  },
  keep: (work, { run }, found) => spreadSync(work, { run, ...found }),
})
