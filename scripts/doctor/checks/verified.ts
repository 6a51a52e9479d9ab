import { type Check, type Finding, look, ok } from '../check.js'

const CONSOLE = '管理后台「我的企业 → 企业信息」'

/**
 * Whether a corp is verified stands in no interface of its own apps: corp_type and verified_end_time are told to suites only
 * (https://developer.work.weixin.qq.com/document/path/90604), agent/get says nothing of it (…/90227). Of the 备案 one thing can be
 * told: the console of a verified corp takes no trusted domain without looking at whose it is.
 */
const check: Check = {
  name: 'verified',
  title: '企业验证与备案',
  async run({ app, get, publicUrl }) {
    const answer = await app?.ask('GET', 'agent/get', { agentid: get('WECOM_AGENT_ID') ?? '' })
    const set = answer?.code === 0 ? String(answer.body.redirect_domain ?? '') : ''
    const isTrusted = publicUrl !== null && set.replace(/^https?:\/\//, '').replace(/\/$/, '') === publicUrl.host
    return [
      publicUrl ? filed(publicUrl.hostname, isTrusted) : look('备案：等 PUBLIC_URL 填好了再查', '先把 PUBLIC_URL 填好'),
      verified,
    ]
  },
}
export default check

const verified = look('企业有没有验证，企业微信的接口不告诉自建应用，测不出来', `到${CONSOLE}看「企业验证」是否通过、有没有过期`)

const filed = (domain: string, isTrusted: boolean): Finding =>
  isTrusted
    ? ok(`备案：${domain} 已经是应用的可信域名，设置的时候企业微信看过备案主体（以后变了它不会再看）`)
    : look(
        `备案：${domain} 的 ICP 主体没有接口可查，测不出来`,
        `到 beian.miit.gov.cn 查 ${domain}，主体要和${CONSOLE}里的企业是同一家，不然设不上可信域名`,
      )
