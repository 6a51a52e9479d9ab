import { bad, look, type Step } from './step.js'

const contactPage = '管理后台「客户与上下游 → 客户联系」'

/** Why a call of the client's was refused, by what it said: https://developer.work.weixin.qq.com/document/path/90313 for the numbers. */
export function explain(title: string, said: string, host: string): Step {
  const domain = `请管理员到应用详情的「网页授权及JS-SDK → 可信域名」设成 ${host}（端口也要一样）`
  if (/no answer/.test(said)) return bad(title, '企业微信没有回应', '把企业微信升级到新版本，关掉侧边栏重新打开')
  if (/not exist|not support/i.test(said)) return bad(title, '这个版本的企业微信没有这个功能', '把企业微信升级到新版本')
  if (/40093|invalid signature/i.test(said))
    return bad(title, `签名不对（${said}）`, `${domain}；已经一样的，请管理员运行 npm run doctor`)
  if (/50001|80001|domain/i.test(said)) return bad(title, `网址不是应用的可信域名（${said}）`, domain)
  if (/40013|corpid/i.test(said)) return bad(title, `企业 ID 不对（${said}）`, '请管理员核对 WECOM_CORP_ID')
  if (/301002|40056|agentid/i.test(said)) return bad(title, `应用 ID 不对（${said}）`, '请管理员核对 WECOM_AGENT_ID')
  if (/without context/i.test(said))
    return look(title, '旁边没有打开和客户的聊天', '打开一位客户的聊天，从聊天工具栏点「不漏」再查')
  if (/permission|access denied/i.test(said))
    return bad(
      title,
      `企业微信不让应用读（${said}）`,
      `请管理员看三处：应用可见范围里有没有你；${contactPage} 的「权限配置 → 使用范围」里有没有你；「API → 可调用接口的应用」有没有勾选这个应用`,
    )
  return bad(title, said, '把这一页的结果复制给管理员')
}
