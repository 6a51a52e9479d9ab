import { tellAdministrators } from '../../domain/person/tell-administrators.js'
import { defineEvent } from '../define.js'
import { readEffectDay } from '../read-effect-day.js'

/** Too few use the app: the platform is about to keep customers' data from it (official page 90240). */
export default defineEvent({
  name: 'low-active-alert',
  run: ({ work }, data, at) =>
    tellAdministrators(work, {
      key: `low-active-alert:${at.getTime()}`,
      text: `企业微信提醒：应用使用的人太少，${readEffectDay(data, at)}起将不能读取客户数据。请让更多同事在聊天侧边栏里用起来`,
    }),
})
