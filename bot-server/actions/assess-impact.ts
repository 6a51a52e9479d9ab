import { answerAsk } from '../../domain/requirement/answer-ask.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'assess-impact',
  label: '有影响',
  run: ({ work, actor }, { subjectId, note }) => answerAsk(work, actor, { askId: subjectId, verdict: 'impact', note }),
})
