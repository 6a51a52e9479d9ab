import { z } from 'zod'
import { comeBack } from '../../domain/handover/come-back.js'
import { findPersonId } from '../../domain/person/identify.js'
import { setBarred } from '../../domain/reach/set-barred.js'
import { defineEvent } from '../define.js'

const came = z.object({ FromUserName: z.string().min(1) })

/** A colleague is in the app's range again, or for the first time (official page 90240). Who is new is met when they come. */
export default defineEvent({
  name: 'subscribe',
  async run({ work, organisation }, data) {
    const value = came.parse(data).FromUserName
    const personId = await findPersonId(work, { platform: 'wecom', organisation, kind: 'member', value })
    if (!personId) return
    await comeBack(work, personId)
    await setBarred(work, personId, null)
  },
})
