import { sayHandled } from '../../domain/reminders/acts/say-handled.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'say-handled',
  label: '已处理',
  run: ({ work, actor }, { subjectId, note }) => sayHandled(work, actor, { subjectId, note }),
})
