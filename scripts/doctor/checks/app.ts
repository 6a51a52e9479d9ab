import { appPage, broken, type Check, look, ok } from '../check.js'
import { asApp } from '../context.js'
import { explain } from '../explain.js'

/** https://developer.work.weixin.qq.com/document/path/90227 */
const check: Check = {
  name: 'app',
  title: '应用',
  async run({ app, get }) {
    const agentid = get('WECOM_AGENT_ID')
    if (!app || !agentid) return look('等 WECOM_AGENT_ID 和 WECOM_SECRET 填好了再查')
    const answer = await app.ask('GET', 'agent/get', { agentid })
    if (!answer) return look('先修好「应用 Secret」')
    if (answer.code === 60020) return look('先修好「企业可信IP」')
    if (answer.code !== 0) return explain(answer, asApp('agent/get'))
    if (answer.body.close === 1) return broken(`应用「${answer.body.name}」被停用了`, `到${appPage}启用它`)
    return ok(`「${answer.body.name}」，AgentId ${agentid}`)
  },
}
export default check
