import { type Check, look } from '../check.js'

/** No interface of the platform's tells either to an app of the corp's own. */
const check: Check = {
  name: 'verified',
  title: '企业验证与备案',
  async run({ publicUrl }) {
    const domain = publicUrl?.hostname ?? '域名'
    return look(
      '接口查不到，要人看一眼',
      `到管理后台「我的企业 → 企业信息」看是否已认证；${domain} 的 ICP 备案主体要和企业是同一家（beian.miit.gov.cn 可查），不然设不上可信域名`,
    )
  },
}
export default check
