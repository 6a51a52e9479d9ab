import { decideApproval } from '../../domain/quote/decide-approval.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'approve-quote',
  label: '同意',
  run: ({ work, actor }, { subjectId, note }) => decideApproval(work, actor, { approvalId: subjectId, verdict: 'approve', note }),
})
