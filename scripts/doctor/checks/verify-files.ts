import { askPage } from '../ask-page.js'
import { broken, type Check, look, ok } from '../check.js'

const check: Check = {
  name: 'verify-files',
  title: '域名校验文件',
  async run({ get, publicUrl, timeoutMs }) {
    const files = read(get('VERIFY_FILES'))
    if (!files) return look('VERIFY_FILES 还没有填好')
    const names = Object.keys(files)
    if (names.length === 0) return ok('没有放在这里（已经放在反向代理上也可以）')
    if (!publicUrl) return look('等 PUBLIC_URL 填好了再查')
    for (const name of names) {
      const page = await askPage(new URL(`/${name}`, publicUrl), timeoutMs)
      if ('error' in page) return look(`现在打不开 ${name}`, '先看「访问网址」这一项')
      if (page.status !== 200 || page.text !== files[name]?.trim())
        return broken(
          `${publicUrl.origin}/${name} 不是设置里的内容（${page.status}）`,
          `让反向代理把 /${name} 转给不漏，改过设置要重启`,
        )
    }
    return ok(`${names.join('、')} 打得开`)
  },
}
export default check

function read(raw: string | undefined): Record<string, string> | null {
  try {
    return JSON.parse(raw ?? '{}')
  } catch {
    return null
  }
}
