import { answerAsk } from '../../domain/requirement/answer-ask.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'confirm-conditional',
  label: '有条件',
  run: ({ work, actor }, { subjectId, note }) => answerAsk(work, actor, { askId: subjectId, verdict: 'conditional', note }),
})
