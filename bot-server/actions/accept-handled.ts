import { acceptHandled } from '../../domain/reminders/acts/accept-handled.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'accept-handled',
  label: '认可',
  run: ({ work, actor }, { subjectId }) => acceptHandled(work, actor, subjectId),
})
