import { takeOver } from '../../domain/reminders/acts/take-over.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'take-over',
  label: '我来接手',
  run: ({ work, actor }, { subjectId }) => takeOver(work, actor, subjectId),
})
