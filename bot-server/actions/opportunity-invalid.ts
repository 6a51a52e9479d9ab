import { leadOf } from '../../domain/opportunity/lead-of.js'
import { sayInvalid } from '../../domain/opportunity/say-invalid.js'
import { defineAction } from '../define.js'

export default defineAction({
  name: 'opportunity-invalid',
  label: '无效',
  async run({ work, actor }, { subjectId, note }) {
    const id = await leadOf(work.tx, subjectId)
    return id !== null && sayInvalid(work, actor, { id, why: note })
  },
})
