import { z } from 'zod'
import { findPersonId } from '../../domain/person/identify.js'
import { noteActive } from '../../domain/reach/note-active.js'
import { defineEvent } from '../define.js'

const entered = z.object({ FromUserName: z.string().min(1) })

/** A colleague opened the app in their client: a sign of life (official page 90240). */
export default defineEvent({
  name: 'enter-agent',
  async run({ work, organisation }, data) {
    const value = entered.parse(data).FromUserName
    const personId = await findPersonId(work, { platform: 'wecom', organisation, kind: 'member', value })
    if (personId) await noteActive(work.tx, personId, work.now)
  },
})
