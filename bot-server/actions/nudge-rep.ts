import { nudgeRep } from '../../domain/heat/nudge-rep.js'
import { nudgeWeek } from '../../domain/heat/nudge-week.js'
import { leadOf } from '../../domain/opportunity/lead-of.js'
import { isIsoDay } from '../../lib/format/dates.js'
import { defineAction } from '../define.js'

/** Of one lead from the page, of a whole week from its card. */
export default defineAction({
  name: 'nudge-rep',
  label: '催一下',
  async run({ work, actor }, { subjectId }) {
    if (isIsoDay(subjectId)) return nudgeWeek(work, actor, subjectId)
    const id = await leadOf(work.tx, subjectId)
    return id !== null && nudgeRep(work, actor, id)
  },
})
