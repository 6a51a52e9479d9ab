import { askPage } from '../ask-page.js'
import { broken, type Check, look, ok } from '../check.js'
import { skewOf } from '../clock-skew.js'

/** What the platform signs and times out by a clock of its own bears that much; beyond it greetings and sign-ins begin to fail. */
const MOST_S = 20
const NEAR_S = 5

/** Nothing is asked for that needs a secret. */
const check: Check = {
  name: 'clock',
  title: '本机时间',
  async run({ platformUrl, timeoutMs, clock }) {
    if (!platformUrl) return look('等 WECOM_API_BASE 填好了再查')
    const page = await askPage(platformUrl, timeoutMs)
    const seconds = skewOf(page, clock())
    if ('error' in page) return look('连不上企业微信，时间准不准现在看不出来')
    if (seconds === null) return look('企业微信的回应里没有时间，看不出来')
    const words = `本机时间与企业微信差 ${Math.abs(seconds)} 秒（本机${seconds > 0 ? '快' : '慢'}）`
    const mend = '打开系统的自动校时：chrony 或 systemd-timesyncd（timedatectl set-ntp true）'
    if (Math.abs(seconds) > MOST_S) return broken(words, mend)
    if (Math.abs(seconds) > NEAR_S) return look(words, mend)
    return ok('与企业微信一致')
  },
}
export default check
