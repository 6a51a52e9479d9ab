import { Redis } from 'ioredis'
import { broken, type Check, look, ok } from '../check.js'

const oldest = [6, 2]

const check: Check = {
  name: 'redis',
  title: 'Redis',
  async run({ get, timeoutMs }) {
    const address = get('REDIS_URL')?.replace(/^unix:\/\//, '')
    if (!address) return look('用自带的 Redis，现在没有运行', 'npm start 之后再运行一次')
    const redis = new Redis(address, {
      lazyConnect: true,
      connectTimeout: timeoutMs,
      commandTimeout: timeoutMs,
      maxRetriesPerRequest: 0,
      retryStrategy: () => null,
    })
    redis.on('error', () => {})
    try {
      await redis.connect()
      const version = /redis_version:(\d+)\.(\d+)/.exec(await redis.info('server'))
      const [major = 0, minor = 0] = [Number(version?.[1]), Number(version?.[2])]
      const [wantMajor = 0, wantMinor = 0] = oldest
      if (major < wantMajor || (major === wantMajor && minor < wantMinor))
        return broken(`Redis ${major}.${minor} 太旧`, `升级到 ${oldest.join('.')} 或更新的版本`)
      return ok(`Redis ${major}.${minor}`)
    } catch (error) {
      const message = error instanceof Error ? error.message : ''
      if (/NOAUTH|WRONGPASS|invalid password/i.test(message)) return broken('Redis 不认 REDIS_URL 里的密码', '改好 REDIS_URL')
      return broken('Redis 连不上', '启动 Redis，核对 REDIS_URL')
    } finally {
      redis.disconnect()
    }
  },
}
export default check
