import { tellAdministrators } from '../../domain/person/tell-administrators.js'
import { defineEvent } from '../define.js'

/** Nobody used the app, and the platform stopped it: nothing reaches anybody through it (official page 90240). */
export default defineEvent({
  name: 'close-inactive-agent',
  run: ({ work }, _data, at) =>
    tellAdministrators(work, {
      key: `close-inactive-agent:${at.getTime()}`,
      text: '企业微信已停用本应用（长期没人使用）：提醒和卡片都发不出去了。请在管理后台「应用管理」里重新启用',
    }),
})
