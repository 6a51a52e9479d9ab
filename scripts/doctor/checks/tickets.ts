import { type Check, look, ok } from '../check.js'
import { asApp } from '../context.js'
import { explain } from '../explain.js'

/** Both tickets that pages are signed with: https://developer.work.weixin.qq.com/document/path/90506 */
const check: Check = {
  name: 'tickets',
  title: '侧边栏签名',
  async run({ app }) {
    const corp = await app?.ask('GET', 'get_jsapi_ticket')
    const agent = await app?.ask('GET', 'ticket/get', { type: 'agent_config' })
    if (!corp || !agent) return look('先修好「应用 Secret」')
    if (corp.code === 60020 || agent.code === 60020) return look('先修好「企业可信IP」')
    if (corp.code !== 0) return explain(corp, asApp('get_jsapi_ticket'))
    if (agent.code !== 0) return explain(agent, asApp('ticket/get'))
    return ok('两种 ticket 都拿得到')
  },
}
export default check
