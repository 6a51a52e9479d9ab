import { lookAtDingtalkSoon } from '../../domain/directory/look-at-dingtalk.js'
import { defineEvent } from '../define.js'

/**
 * A department was changed: the directory is read soon, once for all that changes at a time
 * (address-book-enterprise-department-modification).
 */
export default defineEvent({
  name: 'org-dept-modify',
  run: ({ work }) => lookAtDingtalkSoon(work),
})
