import { formatClock, formatDayShort } from '../../../lib/format/dates.js'
import { type Check, look, ok } from '../check.js'
import { withDingtalk } from '../dingtalk.js'

/** Only the platform's own words show that the console is right. */
const check: Check = {
  name: 'dingtalk-heard',
  title: '收到过钉钉消息',
  run: withDingtalk(async (_, { db, now }) => {
    const where = { source: { in: ['dingtalk', 'dingtalk-robot', 'dingtalk-card'] } }
    const last = await db?.inbox
      .findFirst({ where, orderBy: { seq: 'desc' }, select: { receivedAt: true } })
      .catch(() => undefined)
    if (last === undefined) return look('等数据库好了再查')
    if (!last)
      return look(
        '钉钉还没有推送过消息',
        '在钉钉里找到机器人，发一句「帮助」试试；没有回答就核对机器人的消息接收模式，并确认已发布',
      )
    return ok(`最近一次是${formatDayShort(last.receivedAt, now)} ${formatClock(last.receivedAt)}`)
  }),
}
export default check
