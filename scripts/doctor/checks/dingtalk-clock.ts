import { askPage } from '../ask-page.js'
import { broken, type Check, look, ok } from '../check.js'
import { skewOf } from '../clock-skew.js'
import { withDingtalk } from '../dingtalk.js'

/** Signatures of robot messages and clicks bear an hour; reminders are off by as much as the clock is. */
const MOST_S = 60

const check: Check = {
  name: 'dingtalk-clock',
  title: '钉钉时间',
  run: withDingtalk(async ({ config }, { timeoutMs, clock }) => {
    const page = await askPage(new URL(config.apiBase), timeoutMs)
    const skew = skewOf(page, clock())
    if (skew === null) return look('连不上钉钉，或它没有说时间，看不出来')
    if (Math.abs(skew) <= MOST_S) return ok('与钉钉一致')
    const words = `本机时间与钉钉差 ${Math.abs(skew)} 秒（本机${skew > 0 ? '快' : '慢'}），差一小时以上会拒收机器人消息`
    return broken(words, '打开系统的自动校时：chrony 或 systemd-timesyncd（timedatectl set-ntp true）')
  }),
}
export default check
