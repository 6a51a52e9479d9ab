import { Redis, type RedisOptions } from 'ioredis'
import { describe, type Log } from './log.js'

/** `/path/redis.sock`, `unix:///path/redis.sock` or `redis(s)://…`. Bull needs `maxRetriesPerRequest: null`. */
export function connectRedis(redisUrl: string, log: Log, options: RedisOptions = {}): Redis {
  const address = redisUrl.replace(/^unix:\/\//, '')
  const client = new Redis(address, {
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    // A doorbell may be away for long; come back quickly when it does.
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
    ...options,
  })
  let said = false
  client.on('ready', () => {
    // A connection that died while it was being made is «ready» all the same, and stays so without ever answering (ioredis
    // 5.11: the handshake ends after the close was seen, and its own reconnect then finds a client that looks connected).
    if (client.stream.destroyed) {
      client.status = 'close'
      void client.connect().catch(() => {})
      return
    }
    if (said) log.info({}, 'redis is back')
    said = false
  })
  client.on('error', (error) => {
    if (!said) log.warn(describe(error), 'redis is away: bells wait for the sweep')
    said = true
  })
  return client
}
