import { leadOf } from '../../domain/opportunity/lead-of.js'
import { confirmOutside } from '../../domain/outside-quote/confirm-outside.js'
import { findProposed } from '../../domain/outside-quote/find-proposed.js'
import { Refused } from '../../lib/errors.js'
import { defineAction } from '../define.js'

/** What was read in the archive is confirmed; where nothing was, the page asks what was sent. */
export default defineAction({
  name: 'quote-outside',
  label: '已另行报价',
  async run({ work, actor }, { subjectId }) {
    const opportunityId = await leadOf(work.tx, subjectId)
    if (!opportunityId) return false
    const messageId = await findProposed(work.tx, opportunityId)
    if (!messageId) throw new Refused('which-message', '点开卡片，选一下是哪条消息报的，或者填个总价', 409)
    return confirmOutside(work, actor, { opportunityId, messageId, totalFen: null })
  },
})
