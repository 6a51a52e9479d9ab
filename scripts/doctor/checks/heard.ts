import { formatClock, formatDayShort } from '../../../lib/format/dates.js'
import { type Check, look, ok } from '../check.js'

/** The round trip shows that our side is right; only the platform's own words show that the console is. */
const check: Check = {
  name: 'heard',
  title: '收到过消息',
  async run({ db, now }) {
    if (!db) return look('等数据库好了再查')
    const last = await db.inbox
      .findFirst({ where: { source: 'wecom' }, orderBy: { seq: 'desc' }, select: { receivedAt: true } })
      .catch(() => undefined)
    if (last === undefined) return look('等数据库好了再查')
    if (!last)
      return look('企业微信还没有推送过消息', '在手机上打开应用，发一句「帮助」试试；没有回答就去「应用详情 → 接收消息」核对')
    return ok(`最近一次是${formatDayShort(last.receivedAt, now)} ${formatClock(last.receivedAt)}`)
  },
}
export default check
