import { z } from 'zod'
import { askWhetherLeft } from '../../domain/handover/ask-whether-left.js'
import { findPersonId } from '../../domain/person/identify.js'
import { defineEvent } from '../define.js'

const gone = z.object({ FromUserName: z.string().min(1) })

/** A colleague fell out of the app's range, or left: the event doesn't say which (official page 90240), so it is asked. */
export default defineEvent({
  name: 'unsubscribe',
  async run({ work, organisation }, data, at) {
    const value = gone.parse(data).FromUserName
    const personId = await findPersonId(work, { platform: 'wecom', organisation, kind: 'member', value })
    if (personId) await askWhetherLeft(work, personId, String(at.getTime()))
  },
})
