import { ChannelError } from '../../../channels/channel-error.js'
import { type Check, look, ok } from '../check.js'
import { explainDingtalk } from '../dingtalk.js'

/** A token, and the ticket that pages are signed with: neither is paid for. https://open.dingtalk.com/document/development/jsapi-authentication */
const check: Check = {
  name: 'dingtalk-app',
  title: '钉钉应用',
  async run({ dingtalk, get }) {
    const isWanted = ['DINGTALK_CORP_ID', 'DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET'].some((name) => get(name))
    if (!isWanted) return ok('没有接入钉钉（可选）')
    if (!dingtalk) return look('先修好「设置」里 DINGTALK_ 开头的几项')
    try {
      await dingtalk.api.call('POST', '/v1.0/oauth2/jsapiTickets', { body: {}, free: true, reads: true })
      return ok('Client ID 和 Client Secret 对得上，页面签名用的 ticket 拿得到')
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error
      return explainDingtalk(error)
    }
  },
}
export default check
