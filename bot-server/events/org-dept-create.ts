import { lookAtDingtalkSoon } from '../../domain/directory/look-at-dingtalk.js'
import { defineEvent } from '../define.js'

/** A department was made: the directory is read soon, once for all that changes at a time (create-department-event). */
export default defineEvent({
  name: 'org-dept-create',
  run: ({ work }) => lookAtDingtalkSoon(work),
})
