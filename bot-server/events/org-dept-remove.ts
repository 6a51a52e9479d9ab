import { lookAtDingtalkSoon } from '../../domain/directory/look-at-dingtalk.js'
import { defineEvent } from '../define.js'

/** A department was removed: the directory is read soon, once for all that changes at a time (hidden-event-list). */
export default defineEvent({
  name: 'org-dept-remove',
  run: ({ work }) => lookAtDingtalkSoon(work),
})
