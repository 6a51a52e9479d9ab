import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '../lib/ids.js'
import { createCast } from '../test/factories/cast.js'
import { at, DAY, HOUR, NOW } from '../test/factories/work.js'
import { freshDb } from '../test/setup/db.js'
import { forget } from './retention.js'

let database: Awaited<ReturnType<typeof freshDb>>
beforeAll(async () => {
  database = await freshDb()
})
afterAll(() => database.close())

it('forgets answers of screens after three days, and sessions a day after they ended', async () => {
  const { db } = database
  const personId = await (await createCast(db)).personId('wanglei')
  const write = (when: Date) => ({ requestId: newId(), personId, route: 'POST /x', answer: { text: '原话' }, at: when })
  await db.screenWrite.createMany({ data: [write(at(-4 * DAY)), write(at(-2 * DAY))] })
  const session = (tokenHash: string, expiresAt: Date, revokedAt: Date | null = null) => ({
    tokenHash,
    personId,
    platform: 'wecom',
    expiresAt,
    revokedAt,
  })
  await db.session.createMany({
    data: [
      session('living', at(DAY)),
      session('just ended', at(-HOUR)),
      session('ended', at(-2 * DAY)),
      session('revoked', at(DAY), at(-2 * DAY)),
    ],
  })
  expect(await forget(db, NOW)).toEqual({ screenWrites: 1, sessions: 2 })
  expect((await db.session.findMany()).map((one) => one.tokenHash).sort()).toEqual(['just ended', 'living'])
})
