import { ChannelError } from '../../../channels/channel-error.js'
import { createShareSigner } from '../../../channels/wechat-mp/share-signer.js'
import { readQuote } from '../../../lib/quote-config.js'
import { broken, type Check, look, ok } from '../check.js'

const PAGE = '「设置与开发 → 基本配置」'

const check: Check = {
  name: 'wechat-mp',
  title: '公众号（转发报价的卡片）',
  async run({ env, get, clock }) {
    const { config } = readQuote(env)
    const { settings, why } = config.mp
    if (!settings)
      return get('WECHAT_MP_APPID') || get('WECHAT_MP_SECRET')
        ? broken(`${why}，转发出去的报价只显示成一条链接`, '两项都填上，或两行都删掉')
        : ok('没有启用（可选）：客户把报价转给别人时只显示成一条链接')
    try {
      // Asks for the ticket that shared pages are signed with; nobody notices.
      await createShareSigner({ settings, machineNow: clock })(config.url || 'https://q.invalid/', 'doctor')
      const host = config.url ? new URL(config.url).host : 'QUOTE_URL 的域名'
      return look(
        '公众号的 AppID 和 AppSecret 是对的；JS 接口安全域名有没有填，从这里看不出来',
        `公众平台「设置与开发 → 公众号设置 → 功能设置」的「JS接口安全域名」里要有 ${host}`,
      )
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error
      if (error.code === 40164) return broken('公众号不认这台机器的 IP', `公众平台${PAGE}的「IP白名单」里加上这台机器的出口 IP`)
      if (error.kind === 'config')
        return broken(`公众号不认这组设置（${error.code}）`, `照公众平台${PAGE}核对 AppID 和 AppSecret`)
      return broken(`公众号的接口没有应答（${error.code}）`, '看看这台机器能不能访问 api.weixin.qq.com，过一会儿再试')
    }
  },
}
export default check
