import { firstContactOf } from '../../domain/first-contact/first-contact-of.js'
import { sayNotCustomer } from '../../domain/first-contact/say-not-customer.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'not-customer',
  label: '不是客户',
  async run({ work, actor }, { subjectId }) {
    const id = await firstContactOf(work.tx, subjectId)
    if (id) await sayNotCustomer(work, actor, { id })
    return id !== null
  },
})
