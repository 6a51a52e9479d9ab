import { askWhetherLeft } from '../../domain/handover/ask-whether-left.js'
import { defineEvent } from '../define.js'
import { readStaff } from '../read-staff.js'

/** Colleagues left DingTalk's directory. They may be in WeCom still, or back: it is asked (address-book-user-resignation). */
export default defineEvent({
  name: 'user-leave-org',
  async run(ctx, data, at) {
    for (const personId of await readStaff(ctx, data)) await askWhetherLeft(ctx.work, personId, String(at.getTime()))
  },
})
