import { createFetch } from '../../../channels/wecom/fetch.js'
import { broken, type Check, type Finding, look, ok } from '../check.js'

/**
 * 群消息推送. An empty message is never delivered: a key that is none is refused as such, a good one complains of the
 * message. https://developer.work.weixin.qq.com/document/path/99110
 */
const check: Check = {
  name: 'groups',
  title: '群消息推送',
  async run({ get, timeoutMs }) {
    const groups = read(get('WECOM_GROUP_WEBHOOKS'))
    if (!groups) return look('WECOM_GROUP_WEBHOOKS 还没有填好')
    const names = Object.entries(groups)
    if (names.length === 0) return ok('没有启用（可选）')
    const base = (get('WECOM_API_BASE') ?? 'https://qyapi.weixin.qq.com').replace(/\/+$/, '')
    const fetch = createFetch({ base, timeoutMs })
    return Promise.all(
      names.map(([name, key]) => lookAt(name, () => fetch('POST', 'webhook/send', { query: { key: keyOf(key) }, body: {} }))),
    )
  },
}
export default check

async function lookAt(name: string, ask: () => Promise<{ errcode: number }>): Promise<Finding> {
  const mend = '到群里的「消息推送」重新复制地址，填进 WECOM_GROUP_WEBHOOKS'
  try {
    const { errcode } = await ask()
    if (errcode === 93000) return broken(`${name}：推送地址无效`, mend)
    if (errcode === 93004) return broken(`${name}：推送被停用了`, '请群主在「消息推送」里启用')
    return ok(`${name}：地址有效（没有试发）`)
  } catch {
    return look(`${name}：没有连上，看不出来`)
  }
}

const keyOf = (text: string) => /[?&]key=([^&]+)/.exec(text)?.[1] ?? text.trim()

function read(raw: string | undefined): Record<string, string> | null {
  try {
    return JSON.parse(raw ?? '{}')
  } catch {
    return null
  }
}
