import { answerAsk } from '../../domain/requirement/answer-ask.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'assess-no-impact',
  label: '没影响',
  run: ({ work, actor }, { subjectId, note }) => answerAsk(work, actor, { askId: subjectId, verdict: 'no-impact', note }),
})
