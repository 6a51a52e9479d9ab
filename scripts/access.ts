// Part of `npm run check`: routes and the route × role table are the same list, without starting anything.
import { access } from '../bot-server/api/access.js'
import { accessGaps, allRoutes } from '../bot-server/api/index.js'
import type { ApiDeps } from '../bot-server/api/route.js'

const gaps = accessGaps(allRoutes({} as ApiDeps), access)
if (gaps) {
  console.error(gaps)
  process.exit(1)
}
