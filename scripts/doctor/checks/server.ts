import { askPage } from '../ask-page.js'
import { broken, type Check, look, ok } from '../check.js'

const check: Check = {
  name: 'server',
  title: '不漏本身',
  async run({ localUrl, timeoutMs }) {
    const page = await askPage(new URL('/readyz', localUrl), timeoutMs)
    if ('error' in page) return look(`没有在 ${localUrl} 运行`, 'npm start 之后再运行一次，回调和网址才查得全')
    const said = read(page.text)
    if (!said) return broken(`${localUrl} 上是别的程序（${page.status}）`, '换一个没人用的 PORT，或停掉那个程序')
    if (said.database) return broken('正在运行，但连不上数据库', '先看「数据库」这一项')
    if (said.missing?.length) return broken(`正在运行，但数据库少 ${said.missing.length} 步升级`, '重新运行 npm start')
    if (said.degraded?.includes('worker'))
      return broken('服务在运行，但后台任务没有运行：提醒和卡片发不出去', '运行 npm run start:jobs，或改用 npm start')
    if (said.degraded?.includes('redis')) return broken('正在运行，但连不上 Redis：会慢几秒', '先看「Redis」这一项')
    return ok('正在运行')
  },
}
export default check

type Ready = { ready: boolean; missing?: string[]; degraded?: string[]; database?: string }

function read(text: string): Ready | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'ready' in value ? (value as Ready) : null
  } catch {
    return null
  }
}
