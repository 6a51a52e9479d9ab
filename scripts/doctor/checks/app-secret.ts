import { type Check, look, ok } from '../check.js'
import { asApp } from '../context.js'
import { explain } from '../explain.js'

/** https://developer.work.weixin.qq.com/document/path/91039 */
const check: Check = {
  name: 'app-secret',
  title: '应用 Secret',
  async run({ app, hasWecom }) {
    if (!hasWecom) return ok('没有接入企业微信，只有钉钉')
    if (!app) return look('等 WECOM_CORP_ID 和 WECOM_SECRET 填好了再查')
    const answer = await app.token()
    return answer.code === 0 ? ok('企业ID 和 Secret 对得上') : explain(answer, asApp('gettoken'))
  },
}
export default check
