import { listDepartments } from '../../channels/dingtalk/departments.js'
import { listUsers, type User } from '../../channels/dingtalk/user.js'
import { keepDepartment } from '../../domain/directory/keep-department.js'
import { isOldDingtalkLook } from '../../domain/directory/look-at-dingtalk.js'
import { defineEffect, done, skip } from '../define.js'
import { sealUser } from '../seal-user.js'

/**
 * One department of DingTalk's directory: what is right below it and who is in it (topapi/v2/department/listsub,
 * topapi/v2/user/list; contacts are free of charge). Reading twice is harmless.
 */
export default defineEffect({
  name: 'list-dingtalk-department',
  ifUnknown: 'repeat',
  async run({ db, dingtalk, outlets }, { run, department }) {
    if (!dingtalk) return skip('DingTalk is not set up')
    if (await isOldDingtalkLook(db, run)) return skip('a later look is asked for')
    const below = await listDepartments(dingtalk, department)
    const listed: User[] = []
    for (let cursor: number | null = 0; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof listUsers>> = await listUsers(dingtalk, { department, cursor })
      listed.push(...page.users)
      cursor = page.next
    }
    const users = listed.map((user) => ({ ...sealUser(outlets.points, user), leaderOf: user.leaderOf }))
    // People's names and numbers stay out of the row.
    const toJSON = () => ({ below: below.length, users: users.length })
    return done({ organisation: dingtalk.settings.corpId, below, users, toJSON })
  },
  keep: keepDepartment,
})
