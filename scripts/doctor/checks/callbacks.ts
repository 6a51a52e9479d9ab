import { randomBytes } from 'node:crypto'
import { encrypt, sign } from '../../../channels/sealed/seal.js'
import { prepareCallback } from '../../../channels/wecom/crypto.js'
import type { CallbackConfig } from '../../../lib/wecom-config.js'
import { askPage, explainLine, type Page } from '../ask-page.js'
import { broken, type Check, type Finding, look, ok } from '../check.js'
import type { Subject } from '../subject.js'

/** Saving in the console fails beyond this: https://developer.work.weixin.qq.com/document/path/90930 */
const limitMs = 1_000

/** Does what the console does at 保存: seals a word with our own settings and asks the address for it. */
const check: Check = {
  name: 'callbacks',
  title: '回调',
  async run(subject) {
    const configs = configsOf(subject)
    if (configs.length === 0) return look('等 WECOM_TOKEN 和 WECOM_AES_KEY 填好了再查')
    return Promise.all(configs.map((config) => roundTrip(subject, config)))
  },
}
export default check

const paths = (name: string) => `/callback/wecom${name === 'app' ? '' : `/${name}`}`
const titles: Record<string, string> = { app: '应用', archive: '会话内容存档' }

function configsOf({ env, get }: Subject): CallbackConfig[] {
  const found: CallbackConfig[] = []
  for (const key of ['WECOM_TOKEN', ...Object.keys(env)]) {
    const name = key === 'WECOM_TOKEN' ? '' : /^WECOM_([A-Z0-9]+)_TOKEN$/.exec(key)?.[1]
    if (name === undefined || found.some((one) => one.name === (name.toLowerCase() || 'app'))) continue
    const token = get(key)
    const aesKey = get(`WECOM_${name ? `${name}_` : ''}AES_KEY`)
    const receiveId = name === 'AIBOT' ? '' : (get('WECOM_CORP_ID') ?? '')
    if (token && aesKey && /^[A-Za-z0-9]{43}$/.test(aesKey))
      found.push({ name: name.toLowerCase() || 'app', token, aesKey, receiveId })
  }
  return found
}

async function roundTrip({ publicUrl, localUrl, timeoutMs }: Subject, config: CallbackConfig): Promise<Finding> {
  const title = titles[config.name] ?? config.name
  const prepared = prepareCallback(config)
  const word = randomBytes(12).toString('hex')
  const encrypted = encrypt(prepared, word, randomBytes(16))
  const parts = { timestamp: String(Math.floor(Date.now() / 1000)), nonce: randomBytes(6).toString('hex'), encrypt: encrypted }
  const query = new URLSearchParams({
    msg_signature: sign(prepared, parts),
    timestamp: parts.timestamp,
    nonce: parts.nonce,
    echostr: encrypted,
  })
  const at = (base: string | URL) => askPage(new URL(`${paths(config.name)}?${query}`, base), timeoutMs)
  const here = await at(localUrl)
  if ('error' in here) return look(`${title}：不漏没有在这台机器上运行，没法查`, 'npm start 之后再运行一次')
  if (here.status !== 200 || here.text !== word) return refusedHere(title, config.name, here)
  if (!publicUrl) return look(`${title}：在这台机器上对得上；从外面等 PUBLIC_URL 填好了再查`)
  const outside = await at(publicUrl)
  const url = `${publicUrl.origin}${paths(config.name)}`
  if ('error' in outside) {
    const { why, mend } = explainLine(outside.error)
    return broken(`${title}：${url} 打不开，${why}`, mend)
  }
  if (outside.status !== 200 || outside.text !== word)
    return broken(`${title}：${url} 没有转到不漏（${outside.status}）`, '让反向代理把 /callback/ 原样转给不漏，不要改路径和参数')
  if (outside.ms > limitMs)
    return broken(`${title}：${url} 用了 ${outside.ms} 毫秒，企业微信只等一秒`, '看看反向代理和这台机器是不是太忙')
  return ok(`${title}：${url} 一来一回对得上`)
}

/** The running process has other settings than the file that was just read, or is something else. */
function refusedHere(title: string, name: string, page: Exclude<Page, { error: string }>): Finding {
  const restart = '改过 .env 之后要重启不漏'
  if (page.status === 404) return broken(`${title}：正在运行的不漏没有这个回调`, restart)
  if (page.status === 401) return broken(`${title}：正在运行的不漏用的是另一个 Token`, restart)
  if (page.status === 400 || page.status === 403)
    return broken(`${title}：正在运行的不漏用的是另一个 EncodingAESKey 或企业ID`, restart)
  return broken(`${title}：${paths(name)} 答得不对（${page.status}）`, '看看 PORT 上运行的是不是不漏')
}
