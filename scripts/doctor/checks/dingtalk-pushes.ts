import { randomBytes } from 'node:crypto'
import { prepareCallback } from '../../../channels/dingtalk/crypto.js'
import { openGateway } from '../../../channels/dingtalk/stream/open-gateway.js'
import { decrypt, encrypt, sign } from '../../../channels/sealed/seal.js'
import { askPage, explainLine, type Page } from '../ask-page.js'
import { broken, type Check, type Finding, look, ok } from '../check.js'
import { askingDingtalk, type DingtalkSubject, dingtalkPage } from '../dingtalk.js'
import type { Subject } from '../subject.js'

const path = '/callback/dingtalk'
/** By the strictest of the platform's pages. */
const limitMs = 1_500

/** Stream: the gateway gives us a place (which is not taken), and the running server holds one. HTTP: what the console does at 保存. */
const check: Check = {
  name: 'dingtalk-pushes',
  title: '钉钉推送',
  run: askingDingtalk((dingtalk, subject) =>
    dingtalk.config.mode === 'stream' ? overStream(dingtalk, subject) : overHttp(dingtalk, subject),
  ),
}
export default check

async function overStream({ config }: DingtalkSubject, { localUrl, timeoutMs }: Subject): Promise<Finding> {
  await openGateway(config, timeoutMs, new AbortController().signal)
  const page = await askPage(new URL('/readyz', localUrl), timeoutMs)
  if ('error' in page) return look('Stream 网关肯给连接；不漏没有在这台机器上运行，没法查它连上没有', 'npm start 之后再运行一次')
  if (page.text.includes('dingtalk-stream'))
    return broken('Stream 网关肯给连接，但正在运行的不漏没有连上', '看日志里 no Stream connection 一行；改过 .env 之后要重启不漏')
  return ok('Stream 模式，不漏连着')
}

async function overHttp({ config }: DingtalkSubject, { publicUrl, localUrl, timeoutMs, clock }: Subject): Promise<Finding[]> {
  const { callback, clientId, corpId } = config
  if (!callback) return [look('等 DINGTALK_TOKEN 和 DINGTALK_AES_KEY 填好了再查')]
  const findings: Finding[] = []
  if (!config.cardSecret)
    findings.push(
      broken('没有填 DINGTALK_CARD_SECRET：HTTP 模式下卡片按钮没有反应', '用 openssl rand -base64 32 生成一个，填进去，重启不漏'),
    )
  const [seal] = prepareCallback({ ...callback, clientId, corpId })
  const sealed = encrypt(seal, JSON.stringify({ EventType: 'check_url' }), randomBytes(16))
  const parts = { timestamp: String(clock().getTime()), nonce: randomBytes(6).toString('hex'), encrypt: sealed }
  const query = new URLSearchParams({ msg_signature: sign(seal, parts), timestamp: parts.timestamp, nonce: parts.nonce })
  const body = JSON.stringify({ encrypt: sealed })
  const at = (base: string | URL) => askPage(new URL(`${path}?${query}`, base), timeoutMs, body)
  const isRight = (page: Exclude<Page, { error: string }>) => page.status === 200 && saidSuccess(seal, page.text)

  const here = await at(localUrl)
  if ('error' in here) return [...findings, look('不漏没有在这台机器上运行，没法查', 'npm start 之后再运行一次')]
  if (!isRight(here)) return [...findings, refusedHere(here.status)]
  if (!publicUrl) return [...findings, look('在这台机器上对得上；从外面等 PUBLIC_URL 填好了再查')]
  const outside = await at(publicUrl)
  const url = `${publicUrl.origin}${path}`
  if ('error' in outside) {
    const { why, mend } = explainLine(outside.error)
    return [...findings, broken(`${url} 打不开，${why}`, mend)]
  }
  if (!isRight(outside))
    return [
      ...findings,
      broken(`${url} 没有转到不漏（${outside.status}）`, '让反向代理把 /callback/ 原样转给不漏，不要改路径和参数'),
    ]
  if (outside.ms > limitMs)
    return [...findings, broken(`${url} 用了 ${outside.ms} 毫秒，钉钉只等一秒半`, '看看反向代理和这台机器是不是太忙')]
  return [...findings, ok(`HTTP 模式，${url} 一来一回对得上`)]
}

function saidSuccess(seal: Parameters<typeof decrypt>[0], text: string): boolean {
  try {
    return decrypt(seal, String(JSON.parse(text).encrypt)) === 'success'
  } catch {
    return false
  }
}

/** The running process has other settings than the file that was just read, or is something else. */
function refusedHere(status: number): Finding {
  const restart = '改过 .env 之后要重启不漏'
  if (status === 404) return broken('正在运行的不漏没有这个回调', restart)
  if (status === 401) return broken('正在运行的不漏用的是另一个 Token', restart)
  if (status === 400 || status === 403) return broken('正在运行的不漏用的是另一个 AES Key 或 Client ID', restart)
  return broken(`${path} 答得不对（${status}）`, `看看 PORT 上运行的是不是不漏；推送地址在${dingtalkPage}的「事件订阅」`)
}
