import { appPage, broken, type Check, look, ok } from '../check.js'
import { addressIn } from '../platform.js'

/**
 * 企业可信IP. A call without a secret is refused, and the refusal names the address that we come from, which no machine
 * behind a gateway knows by itself; it is no wrong secret, so it is not counted against us.
 */
const check: Check = {
  name: 'trusted-ip',
  title: '企业可信IP',
  async run({ app, get }) {
    if (!app) return look('等应用 Secret 填好了再查')
    const answer = await app.ask('GET', 'agent/get', { agentid: get('WECOM_AGENT_ID') ?? '' })
    if (!answer) return look('先修好「应用 Secret」')
    if (answer.code === 60020) {
      const address = addressIn(answer.errmsg)
      return broken(
        `企业微信看到的出口地址是 ${address ?? '（没有说）'}，不在企业可信IP里（60020）`,
        `到${appPage}的「企业可信IP」加上 ${address ?? '它'}；加不了的话，先设好可信域名或「接收消息」`,
      )
    }
    if (typeof answer.code === 'string') return look('没有连上，看不出来', '先看「应用」这一项')
    const bare = await app.askBare('gettoken', { corpid: get('WECOM_CORP_ID') ?? '' })
    const address = addressIn(bare.errmsg)
    return ok(`出口地址${address ? ` ${address} ` : ''}可以调用接口`)
  },
}
export default check
