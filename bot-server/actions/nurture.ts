import { firstContactOf } from '../../domain/first-contact/first-contact-of.js'
import { nurture } from '../../domain/first-contact/nurture.js'
import { shanghaiDay } from '../../lib/format/dates.js'
import { defineAction } from '../define.js'

const WEEK_MS = 7 * 24 * 3_600_000

export default defineAction({
  name: 'nurture',
  label: '先养一周',
  async run({ work, actor }, { subjectId }) {
    const id = await firstContactOf(work.tx, subjectId)
    if (id) await nurture(work, actor, { id, until: shanghaiDay(work.now.getTime() + WEEK_MS) })
    return id !== null
  },
})
