import { followUp } from '../../domain/reminders/acts/follow-up.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'follow-up',
  label: '我来跟进',
  run: ({ work, actor }, { subjectId }) => followUp(work, actor, subjectId),
})
