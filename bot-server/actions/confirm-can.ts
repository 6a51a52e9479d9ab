import { answerAsk } from '../../domain/requirement/answer-ask.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'confirm-can',
  label: '能做',
  run: ({ work, actor }, { subjectId, note }) => answerAsk(work, actor, { askId: subjectId, verdict: 'can', note }),
})
