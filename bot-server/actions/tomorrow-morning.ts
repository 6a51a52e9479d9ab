import { putOff } from '../../domain/reminders/acts/put-off.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'tomorrow-morning',
  label: '明早再说',
  run: ({ work, actor }, { subjectId }) => putOff(work, actor, { subjectId, until: 'tomorrow-morning' }),
})
