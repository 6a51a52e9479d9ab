import { tellAdministrators } from '../../domain/person/tell-administrators.js'
import { defineEvent } from '../define.js'

/** An administrator took the stopped app up again (official page 90240). */
export default defineEvent({
  name: 'reopen-inactive-agent',
  run: ({ work }, _data, at) =>
    tellAdministrators(work, {
      key: `reopen-inactive-agent:${at.getTime()}`,
      text: '本应用已在企业微信里重新启用，提醒恢复发送',
    }),
})
