import { appPage, broken, type Check, look, ok } from '../check.js'

/**
 * 网页授权 and JS-SDK work on exactly this host, port included (50001 else). agent/get tells the domain that was set:
 * https://developer.work.weixin.qq.com/document/path/90227. Whether the login really goes through only the page in the client sees.
 */
const check: Check = {
  name: 'oauth-domain',
  title: '可信域名',
  async run({ app, get, publicUrl }) {
    if (!publicUrl) return look('等 PUBLIC_URL 填好了再查')
    const where = `${appPage}的「网页授权及JS-SDK → 可信域名」`
    const should = `应该设成 ${publicUrl.host}（不带 https://，有端口要带端口）`
    const answer = await app?.ask('GET', 'agent/get', { agentid: get('WECOM_AGENT_ID') ?? '' })
    const set = answer?.code === 0 ? answer.body.redirect_domain : undefined
    if (typeof set !== 'string') return look(should, `到${where}核对；不一致时侧边栏会报 50001`)
    if (set === '') return broken('应用还没有设可信域名，侧边栏会报 50001', `到${where}，${should}`)
    if (set.replace(/^https?:\/\//, '').replace(/\/$/, '') !== publicUrl.host)
      return broken(`可信域名是 ${set}，PUBLIC_URL 是 ${publicUrl.host}，登录会报 50001`, `到${where}，${should}`)
    return ok(`就是 ${publicUrl.host}`)
  },
}
export default check
