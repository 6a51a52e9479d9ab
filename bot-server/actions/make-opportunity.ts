import { firstContactOf } from '../../domain/first-contact/first-contact-of.js'
import { makeOpportunity } from '../../domain/opportunity/make-opportunity.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'make-opportunity',
  label: '建商机',
  async run({ work, actor }, { subjectId }) {
    const id = await firstContactOf(work.tx, subjectId)
    if (id) await makeOpportunity(work, actor, { id })
    return id !== null
  },
})
