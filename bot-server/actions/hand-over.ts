import { handOver } from '../../domain/reminders/acts/hand-over.js'
import { Refused } from '../../lib/errors.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'hand-over',
  label: '转给…',
  run: ({ work, actor }, { subjectId, note, toId }) => {
    if (!toId) throw new Refused('say-whom', '选一位同事')
    return handOver(work, actor, { subjectId, toId, note })
  },
})
