import { defineBench, goal } from '../define.js'
import { measureCore } from './core.js'
import { measureHttp } from './http.js'

export default defineBench({
  name: 'callback',
  async run(say) {
    const core = measureCore(say)
    const http = await measureHttp(say)
    return {
      results: { core, http },
      goals: [
        goal('crypto core against @wecom/crypto + xml2js, times as fast', core.ratio, { op: '>=', goal: 5 }),
        goal('persisted callbacks, share of a bare Koa', http.throughput.share, { op: '>=', goal: 0.3 }),
        goal('p99 in ms at 1,000 callbacks a second', http.offered.ms.p99, { op: '<=', goal: 50 }),
      ],
    }
  },
})
