import pg from 'pg'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { newId } from '../../lib/ids.js'
import { waitFor } from '../rig/wait-for.js'
import { freshDb } from '../setup/db.js'
import { type FreshRedis, freshRedis } from '../setup/redis.js'
import type { Cast } from './cast.js'
import { createChain } from './chain.js'
import { dingtalkSettings, type Push } from './dingtalk-push.js'
import { type Server, startServer } from './server.js'
import { at, MINUTE } from './work.js'

/** What the servers' clocks say. */
export const now = at(MINUTE)
/** What DingTalk tells when 赵强 leaves, and what he says to the robot. */
export const left = {
  ...{ EventType: 'user_leave_org', EventTime: 1763690400000, CorpId: 'ding9f', eventId: 'e-1' },
  userId: ['ZhaoQiang'],
}
export const said = { senderStaffId: 'ZhaoQiang', text: { content: ' 帮助' } }

/** Two servers that DingTalk pushes to, over one database. Nothing has been heard yet in each test. */
export function useDingtalkCallbacks() {
  let database: Awaited<ReturnType<typeof freshDb>>
  let redis: FreshRedis
  let server: Server
  let second: Server
  const start = (env: Record<string, string> = dingtalkSettings) =>
    startServer({ database: database.url, redis: redis.url, env, machineNow: () => now })

  beforeAll(async () => {
    ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
    ;[server, second] = await Promise.all([start(), start()])
  })
  afterAll(async () => {
    await Promise.all([server.close(), second.close()])
    await Promise.all([database.close(), redis.stop()])
  })
  beforeEach(async () => {
    await database.db.$executeRaw`TRUNCATE inbox, inbox_key`
    server.lines.length = 0
  })

  return {
    get db() {
      return database.db
    },
    get server() {
      return server
    },
    get second() {
      return second
    },
    /** One more server, with other settings; closed by the test. */
    start,
    send: ({ path, body, headers }: Push, to = server) => to.call('POST', path, { body, headers }),
    stored: () => database.db.inbox.findMany({ orderBy: { seq: 'asc' } }),
    keys: () => database.db.inboxKey.count(),
    sweepUntil: (isDone: () => Promise<boolean>) =>
      waitFor(async () => {
        await server.handler.sweep()
        return isDone()
      }),
    /** One statement that holds what the callback needs, until the function returned is called. */
    async hold(sql: string): Promise<() => Promise<void>> {
      const client = new pg.Client({ connectionString: database.url })
      await client.connect()
      await client.query('BEGIN')
      await client.query(sql)
      return async () => {
        await client.query('ROLLBACK')
        await client.end()
      }
    },
    /** A bare organisation in which these are in DingTalk too, and would be written to there: by their ids in WeCom. */
    async castInDingtalk(accounts: Record<string, string>): Promise<Cast> {
      const { cast } = await createChain(database.db)
      for (const [userid, value] of Object.entries(accounts)) {
        const personId = await cast.personId(userid)
        const as = { platform: 'dingtalk', organisation: dingtalkSettings.DINGTALK_CORP_ID, kind: 'member', value }
        await database.db.identity.create({ data: { id: newId(), ...as, personId } })
        await database.db.person.update({ where: { id: personId }, data: { prefers: 'dingtalk' } })
      }
      return cast
    },
  }
}
