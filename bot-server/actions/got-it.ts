import { confirmTry } from '../../domain/reach/got-it.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'got-it',
  label: '收到了',
  run: ({ work, actor }, { subjectId }) => confirmTry(work, actor.personId, subjectId),
})
