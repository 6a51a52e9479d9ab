import { setBarred } from '../../domain/reach/set-barred.js'
import { defineEvent } from '../define.js'
import { readStaff } from '../read-staff.js'

/** Colleagues logged in to DingTalk: they can be written to now (user-activation-after-joining-the-enterprise). */
export default defineEvent({
  name: 'user-active-org',
  async run(ctx, data) {
    for (const personId of await readStaff(ctx, data)) await setBarred(ctx.work, personId, null, 'dingtalk')
  },
})
