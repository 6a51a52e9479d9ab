import { tellAdministrators } from '../../domain/person/tell-administrators.js'
import { defineEvent } from '../define.js'
import { readEffectDay } from '../read-effect-day.js'

/** Nobody has used the app for long: the platform is about to stop it (official page 90240). */
export default defineEvent({
  name: 'inactive-alert',
  run: ({ work }, data, at) =>
    tellAdministrators(work, {
      key: `inactive-alert:${at.getTime()}`,
      text: `企业微信提醒：应用很久没人用了，${readEffectDay(data, at)}起会被停用。请让同事打开一次应用，或在管理后台确认保留`,
    }),
})
