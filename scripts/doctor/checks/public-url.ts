import { isIP } from 'node:net'
import { askPage, explainLine } from '../ask-page.js'
import { broken, type Check, type Finding, look, ok } from '../check.js'
import type { Subject } from '../subject.js'

const check: Check = {
  name: 'public-url',
  title: '访问网址',
  async run(subject) {
    const { publicUrl } = subject
    if (!publicUrl) return look('PUBLIC_URL 还没有填好')
    const shape = shapeOf(publicUrl, subject.get('NODE_ENV') === 'production')
    return shape?.state === 'broken' ? shape : [...(shape ? [shape] : []), await reach(subject, publicUrl)]
  },
}
export default check

function shapeOf(url: URL, production: boolean): Finding | null {
  if (url.pathname !== '/' || url.search || url.hash)
    return broken(`PUBLIC_URL 后面不能带路径（现在是 ${url.pathname}${url.search}${url.hash}）`, `改成 ${url.origin}`)
  const isHere = /(^|\.)localhost$/.test(url.hostname) || /^127\.|^\[?::1/.test(url.hostname)
  if (isHere && !production) return look(`${url.origin} 只有这台机器能打开，演示够用`, '正式使用换成公网域名，加 HTTPS')
  if (isHere) return broken(`${url.origin} 只有这台机器能打开`, '换成公网域名，加 HTTPS')
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')))
    return broken('PUBLIC_URL 是 IP 地址，企业微信的可信域名只收域名', '换成备案主体与企业相同的域名')
  if (url.protocol !== 'https:')
    return broken('PUBLIC_URL 不是 https，侧边栏在手机上打不开', '在反向代理上配好证书，改成 https://')
  if (/(^|\.)example\.(com|org|net)$/.test(url.hostname)) return broken('PUBLIC_URL 还是例子里的域名', '换成自己的域名')
  return null
}

/** Asked from inside: a network that doesn't lead back to itself may say no where the world hears yes. */
async function reach({ publicUrl, localUrl, timeoutMs }: Subject, origin: URL): Promise<Finding> {
  const page = await askPage(new URL('/healthz', publicUrl ?? origin), timeoutMs)
  if ('error' in page) {
    const here = await askPage(new URL('/healthz', localUrl), timeoutMs)
    if ('error' in here) return look('不漏没有在这台机器上运行，打不打得开现在看不出来', 'npm start 之后再运行一次')
    const { why, mend } = explainLine(page.error)
    return broken(`${origin.origin} 打不开：${why}`, mend)
  }
  if (page.status === 200 && isOurs(page.text)) return ok(`${origin.origin} 打得开，是不漏`)
  if (page.status === 502 || page.status === 503 || page.status === 504)
    return broken(`${origin.origin} 的反向代理找不到不漏（${page.status}）`, '看看不漏是否在运行，代理转发的端口是否就是 PORT')
  return broken(
    `${origin.origin}/healthz 不是不漏的页面（${page.status}）`,
    '让反向代理把 /callback/、/h5/、/api/、/auth/ 和 /healthz 转给不漏',
  )
}

function isOurs(text: string): boolean {
  try {
    return JSON.parse(text).ok === true
  } catch {
    return false
  }
}
