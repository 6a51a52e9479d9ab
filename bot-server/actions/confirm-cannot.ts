import { answerAsk } from '../../domain/requirement/answer-ask.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'confirm-cannot',
  label: '做不了',
  run: ({ work, actor }, { subjectId, note }) => answerAsk(work, actor, { askId: subjectId, verdict: 'cannot', note }),
})
