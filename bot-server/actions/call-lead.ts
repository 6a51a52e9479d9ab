import { callLead } from '../../domain/heat/call-lead.js'
import { leadOf } from '../../domain/opportunity/lead-of.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'call-lead',
  label: '我来打',
  async run({ work, actor }, { subjectId }) {
    const id = await leadOf(work.tx, subjectId)
    return id !== null && callLead(work, actor, id)
  },
})
