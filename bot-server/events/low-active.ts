import { tellAdministrators } from '../../domain/person/tell-administrators.js'
import { defineEvent } from '../define.js'

/** Too few used the app, and the platform keeps customers' data from it (official page 90240). */
export default defineEvent({
  name: 'low-active',
  run: ({ work }, _data, at) =>
    tellAdministrators(work, {
      key: `low-active:${at.getTime()}`,
      text: '企业微信已限制本应用读取客户数据（使用的人太少）：新加的客户可能收不到。使用的人多起来后会自动恢复',
    }),
})
