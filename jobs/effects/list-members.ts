import { listMembers } from '../../channels/wecom/departments.js'
import { keepMembers } from '../../domain/directory/keep-members.js'
import { isOldLook } from '../../domain/directory/start-directory.js'
import { defineEffect, done, skip } from '../define.js'

/** Who is in one department (official page 90201). Reading twice is harmless. */
export default defineEffect({
  name: 'list-members',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { run, department }) {
    if (await isOldLook(db, run)) return skip('a later look is asked for')
    const members = await listMembers(wecom, department)
    // People's names stay out of the row.
    return done({ organisation: wecom.settings.corpId, members, toJSON: () => ({ members: members.length }) })
  },
  keep: (work, { department, leaders }, found) => keepMembers(work, { department, leaders, ...found }),
})
