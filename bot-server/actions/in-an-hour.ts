import { putOff } from '../../domain/reminders/acts/put-off.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'in-an-hour',
  label: '1小时后',
  run: ({ work, actor }, { subjectId }) => putOff(work, actor, { subjectId, until: 'in-an-hour' }),
})
