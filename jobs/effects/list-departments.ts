import { listDepartments, listVisible } from '../../channels/wecom/departments.js'
import { spreadDirectory } from '../../domain/directory/spread-directory.js'
import { isOldLook } from '../../domain/directory/start-directory.js'
import { defineEffect, done, skip } from '../define.js'

/** The company's departments and whom the app is shown to (official pages 90208, 90227). Reading twice is harmless. */
export default defineEffect({
  name: 'list-departments',
  ifUnknown: 'repeat',
  async run({ db, wecom }, { run }) {
    if (await isOldLook(db, run)) return skip('a later look is asked for')
    const departments = await listDepartments(wecom)
    const found = { organisation: wecom.settings.corpId, departments, visible: await listVisible(wecom) }
    // The row that people read has counts only.
    return done({ ...found, toJSON: () => ({ departments: departments.length, visible: found.visible.length }) })
  },
  keep: (work, { run }, found) => spreadDirectory(work, { run, ...found }),
})
