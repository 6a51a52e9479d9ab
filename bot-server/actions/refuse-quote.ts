import { decideApproval } from '../../domain/quote/decide-approval.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'refuse-quote',
  label: '退回',
  run: ({ work, actor }, { subjectId, note }) => decideApproval(work, actor, { approvalId: subjectId, verdict: 'refuse', note }),
})
