import { tellAdministrators } from '../../domain/person/tell-administrators.js'
import { defineEvent } from '../define.js'

/** Enough use the app again (official page 90240). */
export default defineEvent({
  name: 'active-restored',
  run: ({ work }, _data, at) =>
    tellAdministrators(work, {
      key: `active-restored:${at.getTime()}`,
      text: '本应用恢复了客户数据权限，漏下的新客户会在下一次同步时补上',
    }),
})
