import { defineBench, goal } from '../define.js'
import { measureLateness } from './lateness.js'
import { measureMany } from './many.js'

export default defineBench({
  name: 'reminders',
  async run(say) {
    const lateness = await measureLateness(say)
    const many = await measureMany(say)
    return {
      results: { lateness, many },
      goals: [
        goal('p99 lateness in ms, 5,000 levels over 10 s', lateness.ours.ms.p99, { op: '<=', goal: 1_000 }),
        goal('p99 lateness against raw Bull + INSERT + POST, times', lateness.ratio, { op: '<=', goal: 2 }),
        goal('said of 5,000', lateness.ours.count, { op: '>=', goal: 5_000 }),
        goal('Redis memory in MB, a million open', many.redisMb, { op: '<=', goal: 50 }),
        goal('planner scan in ms, 100,000 due within the hour', many.scanMs, { op: '<=', goal: 50 }),
      ],
    }
  },
})
