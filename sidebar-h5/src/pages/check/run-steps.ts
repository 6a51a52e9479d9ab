import { Failed } from '../../failed.js'
import { isDingtalk } from '../../host/is-dingtalk.js'
import { askDingtalk } from './ask-dingtalk.js'
import { explain } from './explain.js'
import type { Probe } from './probe.js'
import { bad, look, ok, type Step } from './step.js'

type Surroundings = {
  userAgent: string
  /** Of the page: what the trusted domain must be. */
  host: string
  /** The name of who is logged in; null: nobody is. */
  whoAmI(): Promise<string | null>
  probe(): Promise<Probe>
  /** Inside DingTalk: rejects with what its client says against us. */
  probeDingtalk(): Promise<void>
}

/** From the outside in: what a later look needs was looked at before. `tell` hears of each as soon as it is known. */
export async function runSteps(around: Surroundings, tell: (step: Step) => void): Promise<void> {
  const { userAgent, host, whoAmI, probe } = around
  tell(client(userAgent))
  let name: string | null
  try {
    name = await whoAmI()
  } catch (error) {
    return tell(bad('登录', wordsOf(error), '确认手机能打开这个网址；能打开的话请管理员运行 npm run doctor'))
  }
  const inDingtalk = isDingtalk(userAgent)
  if (!name && inDingtalk)
    return tell(
      look('登录', '还没有登录', '点下面的「登录试试」；还不行就请管理员看你在不在应用的可用范围里，再运行 npm run doctor'),
    )
  if (!name)
    return tell(
      look('登录', '还没有登录', `点下面的「登录试试」。如果看到 redirect_uri 或 50001，请管理员把应用的可信域名设成 ${host}`),
    )
  tell(ok('登录', `${name}，${inDingtalk ? '钉钉' : '企业微信'}认得你`))
  if (inDingtalk) return askDingtalk(around.probeDingtalk, host, tell)
  if (!isWecom(userAgent))
    return tell(look('聊天工具栏', '这里不是企业微信，下面几项查不了', '用企业微信打开一位客户的聊天，从聊天工具栏进来'))
  let asked: Probe
  try {
    asked = await probe()
  } catch (error) {
    return tell(bad('签名', wordsOf(error), `确认打开的就是 ${host}；是的话请管理员运行 npm run doctor`))
  }
  await askClient(asked, host, tell)
}

async function askClient(asked: Probe, host: string, tell: (step: Step) => void): Promise<void> {
  const one = async <T>(title: string, call: () => Promise<T>, well: (value: T) => Step): Promise<T | null> => {
    try {
      const value = await call()
      tell(well(value))
      return value
    } catch (error) {
      tell(explain(title, wordsOf(error), host))
      return null
    }
  }
  await one('企业身份（config）', asked.corpConfig, () => ok('企业身份（config）', '通过'))
  const agent = await one('应用身份（agentConfig）', asked.agentConfig, () => ok('应用身份（agentConfig）', '通过'))
  if (!agent) return
  const entry = await one('入口', asked.entry, (value) => entryStep(value))
  if (entry === null || entry === 'normal') return
  if (entry.includes('group')) await one('当前客户群', asked.chat, () => ok('当前客户群', '读得到'))
  else await one('当前客户', asked.contact, () => ok('当前客户', '读得到'))
}

const entries: Record<string, string> = {
  single_chat_tools: '单聊的聊天工具栏',
  group_chat_tools: '群聊的聊天工具栏',
  contact_profile: '客户的资料页',
  chat_attachment: '聊天附件栏',
  single_kf_tools: '微信客服的工具栏',
}

/** https://developer.work.weixin.qq.com/document/path/94313 */
function entryStep(entry: string): Step {
  const name = entries[entry]
  if (name) return ok('入口', `从${name}打开`)
  const mend =
    '打开一位客户的聊天，从聊天工具栏进来；工具栏里没有不漏，请管理员到「客户与上下游 → 聊天工具 → 聊天工具栏管理」配置'
  return look('入口', entry === 'normal' ? '不是从聊天工具栏打开的' : `从别处打开（${entry}）`, mend)
}

function client(userAgent: string): Step {
  const version = /wxwork\/([\d.]+)/i.exec(userAgent)?.[1]
  if (version) return ok('客户端', `企业微信 ${version}`)
  if (isDingtalk(userAgent)) return ok('客户端', `钉钉 ${/DingTalk[/(]([\d.]+)/i.exec(userAgent)?.[1] ?? ''}`.trim())
  if (/micromessenger/i.test(userAgent)) return look('客户端', '这里是微信', '侧边栏要在企业微信里打开')
  return look('客户端', '这里是普通浏览器', '侧边栏要在企业微信里打开')
}

const isWecom = (userAgent: string) => /wxwork\//i.test(userAgent)

const wordsOf = (error: unknown) =>
  error instanceof Failed ? error.words : error instanceof Error ? error.message : String(error)
