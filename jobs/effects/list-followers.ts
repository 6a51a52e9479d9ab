import { listFollowers } from '../../channels/wecom/contact-pages.js'
import { spreadSync } from '../../domain/follow/spread-sync.js'
import { isOvertaken } from '../../domain/follow/start-sync.js'
import { type Done, defineEffect, done, type Skipped, skip } from '../define.js'

/** Which members may have customers (official page 92571): each is looked at by itself. Reading twice is harmless. */
export default defineEffect({
  name: 'list-followers',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { run }): Promise<Skipped | Done<{ organisation: string; userids: string[] }>> {
    if (await isOvertaken(db, run)) return skip('a later look is asked for')
    return done({ organisation: wecom.settings.corpId, userids: await listFollowers(wecom) })
  },
  keep: (work, { run }, found) => spreadSync(work, { run, ...found }),
})
