import { pushBack } from '../../domain/reminders/acts/push-back.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'push-back',
  label: '退回去跟',
  run: ({ work, actor }, { subjectId, note }) => pushBack(work, actor, { subjectId, note }),
})
