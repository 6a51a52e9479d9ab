import { Failed } from '../../failed.js'
import { bad, ok, type Step } from './step.js'

const TITLE = '签名（dd.config）'

/** What DingTalk's client answers to our page. `probe` rejects with its own words. */
export async function askDingtalk(probe: () => Promise<void>, host: string, tell: (step: Step) => void): Promise<void> {
  try {
    await probe()
    tell(ok(TITLE, '通过'))
  } catch (error) {
    tell(explain(error instanceof Failed ? error.words : said(error), host))
  }
  tell(ok('客户的话', '钉钉不给应用读聊天：粘贴，或转发给机器人'))
}

/** https://open.dingtalk.com/document/development/jsapi-authentication: 52010 an app or organisation, 52013 the signature. */
function explain(words: string, host: string): Step {
  const console = '钉钉开发者后台'
  if (/52013|签名/.test(words))
    return bad(
      TITLE,
      `签名不对（${words}）`,
      `请管理员核对 DINGTALK_CLIENT_SECRET，再看${console}里网页应用的首页地址是不是 ${host}`,
    )
  if (/5201[0-2]|agentid|corpid|unauthori/i.test(words))
    return bad(TITLE, `应用对不上（${words}）`, `请管理员核对 DINGTALK_CORP_ID 和 DINGTALK_AGENT_ID，要和${console}里的一样`)
  if (/没有回应/.test(words)) return bad(TITLE, '钉钉没有回应', '把钉钉升级到 7.0.45 以上，关掉这一页重新打开')
  return bad(TITLE, words, '把这一页的结果复制给管理员')
}

function said(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  const { errorMessage, errorCode, message } = error as { errorMessage?: unknown; errorCode?: unknown; message?: unknown }
  return [errorMessage ?? message ?? '没有通过', errorCode === undefined ? '' : `(${errorCode})`].join(' ').trim()
}
