import { shanghaiDay } from '../../../lib/format/dates.js'
import { isPublished } from '../../../lib/working-days.js'
import { broken, type Check, look, ok } from '../check.js'

const check: Check = {
  name: 'calendar',
  title: '节假日',
  async run({ now }) {
    const [year = 0, month = 0] = shanghaiDay(now).split('-').map(Number)
    if (!isPublished(year)) return broken(`没有 ${year} 年的节假日安排，放假也会提醒`, '升级到新版本的不漏')
    if (month < 12 || isPublished(year + 1))
      return ok(`有 ${isPublished(year + 1) ? `${year}、${year + 1}` : year} 年的节假日安排`)
    return look(`还没有 ${year + 1} 年的节假日安排`, '国务院公布后，年底前升级到新版本的不漏')
  },
}
export default check
