import { isIP } from 'node:net'
import { readQuote } from '../../../lib/quote-config.js'
import { askPage, explainLine } from '../ask-page.js'
import { broken, type Check, type Finding, look, ok } from '../check.js'
import type { Subject } from '../subject.js'

/** No token is so short: whoever shows the page for a wrong one is ours. */
const NO_QUOTE = '/q/doctor'
const OURS = '没有找到这份报价'

const check: Check = {
  name: 'quote-url',
  title: '报价网址',
  async run(subject) {
    const { get, env } = subject
    const { config, lines } = readQuote(env)
    if (lines.length > 0) return broken('QUOTE_URL 要是一个不带路径的网址', '改成 https://报价域名，后面什么都不加')
    if (!config.url) return look('等 PUBLIC_URL 填好了再查')
    if (!get('QUOTE_URL'))
      return ok('没有单独的域名，客户在 PUBLIC_URL 下打开报价（给报价单独配一个域名更稳妥：链接被投诉时不会连累侧边栏）')
    const url = new URL(config.url)
    return shapeOf(url, get('NODE_ENV') === 'production') ?? (await reach(subject, url))
  },
}
export default check

function shapeOf(url: URL, production: boolean): Finding | null {
  const isHere = /(^|\.)localhost$/.test(url.hostname) || /^127\.|^\[?::1/.test(url.hostname)
  if (isHere) return production ? broken(`${url.origin} 只有这台机器能打开`, '换成备过案的公网域名，加 HTTPS') : null
  if (isIP(url.hostname.replace(/^\[|\]$/g, ''))) return broken('QUOTE_URL 是 IP 地址，微信会提示风险', '换成备过案的域名')
  if (url.protocol !== 'https:')
    return broken('QUOTE_URL 不是 https，客户在微信里打开会看到风险提示', '在反向代理上配好证书，改成 https://')
  if (/(^|\.)example\.(com|org|net)$/.test(url.hostname)) return broken('QUOTE_URL 还是例子里的域名', '换成自己的域名')
  return null
}

async function reach({ localUrl, timeoutMs }: Subject, url: URL): Promise<Finding> {
  const page = await askPage(new URL(NO_QUOTE, url), timeoutMs)
  if ('error' in page) {
    const here = await askPage(new URL('/healthz', localUrl), timeoutMs)
    if ('error' in here) return look('不漏没有在这台机器上运行，打不打得开现在看不出来', 'npm start 之后再运行一次')
    const { why, mend } = explainLine(page.error)
    return broken(`${url.origin} 打不开：${why}`, mend)
  }
  if (page.text.includes(OURS)) return ok(`${url.origin} 打得开，是不漏的报价页`)
  return broken(
    `${url.origin}/q/ 不是不漏的报价页（${page.status}）`,
    '让反向代理把这个域名的 /q/ 转给不漏，并且保留 Host；改过 QUOTE_URL 要重启不漏',
  )
}
