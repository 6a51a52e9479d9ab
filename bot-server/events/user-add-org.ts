import { comeBack } from '../../domain/handover/come-back.js'
import { setBarred } from '../../domain/reach/set-barred.js'
import { defineEvent } from '../define.js'
import { readStaff } from '../read-staff.js'

/**
 * Colleagues joined DingTalk's directory, or came back to it (enterprise-increases-employee-events). Who is new is met when
 * they come.
 */
export default defineEvent({
  name: 'user-add-org',
  async run(ctx, data, at) {
    for (const personId of await readStaff(ctx, data)) {
      await comeBack(ctx.work, personId, at)
      await setBarred(ctx.work, personId, null, 'dingtalk')
    }
  },
})
