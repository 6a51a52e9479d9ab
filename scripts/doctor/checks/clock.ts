import { askPage } from '../ask-page.js'
import { broken, type Check, look, ok } from '../check.js'

/** What the platform signs and times out by a clock of its own bears that much; beyond it greetings and sign-ins begin to fail. */
const MOST_S = 20
const NEAR_S = 5

/** Its answer says by its own clock when it was, in whole seconds (RFC 9110 § 6.6.1). Nothing is asked for that needs a secret. */
const check: Check = {
  name: 'clock',
  title: '本机时间',
  async run({ platformUrl, timeoutMs, clock }) {
    if (!platformUrl) return look('等 WECOM_API_BASE 填好了再查')
    const page = await askPage(platformUrl, timeoutMs)
    const here = clock().getTime()
    if ('error' in page) return look('连不上企业微信，时间准不准现在看不出来')
    if (!page.date) return look('企业微信的回应里没有时间，看不出来')
    // Half of the way back, and half of the second that it leaves out.
    const seconds = Math.round((here - page.ms / 2 - page.date.getTime() - 500) / 1000)
    const words = `本机时间与企业微信差 ${Math.abs(seconds)} 秒（本机${seconds > 0 ? '快' : '慢'}）`
    const mend = '打开系统的自动校时：chrony 或 systemd-timesyncd（timedatectl set-ntp true）'
    if (Math.abs(seconds) > MOST_S) return broken(words, mend)
    if (Math.abs(seconds) > NEAR_S) return look(words, mend)
    return ok('与企业微信一致')
  },
}
export default check
