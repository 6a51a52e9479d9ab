import { afterAll, beforeAll, expect, it } from 'vitest'
import { setRule } from '../domain/rule/rule.js'
import { newId } from '../lib/ids.js'
import { createCast } from '../test/factories/cast.js'
import { createChain } from '../test/factories/chain.js'
import { at, DAY, HOUR, inWork, NOW } from '../test/factories/work.js'
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
  expect(await forget(db, NOW)).toEqual({ screenWrites: 1, sessions: 2, files: 0 })
  expect((await db.session.findMany()).map((one) => one.tokenHash).sort()).toEqual(['just ended', 'living'])
})

it('empties fetched files after 400 days or what an administrator set; never those of a message that something was captured from', async () => {
  const { cast } = await createChain(database.db)
  const { db } = cast
  const [contactId, personId] = [await cast.contactId('wmRenji'), await cast.personId('wanglei')]
  const file = async (name: string, fetchedAt: Date | null) => {
    const said = { contactId, personId, speaker: 'customer', text: `[文件] ${name}`, saidAt: at(-500 * DAY), source: 'archive' }
    const messageId = newId()
    await db.message.create({ data: { id: messageId, sourceKey: name, ...said } })
    const data = fetchedAt && new Uint8Array([1, 2, 3])
    await db.media.create({
      data: { id: newId(), messageId, kind: 'file', name, fileId: 'sealed', state: data ? 'here' : 'waiting', data, fetchedAt },
    })
    return messageId
  }
  await file('fresh', at(-100 * DAY))
  await file('old', at(-401 * DAY))
  await file('never fetched', null)
  const proof = await file('proof', at(-450 * DAY))
  await cast.captures('wmRenji', { messageIds: [proof] })
  await db.messageRecall.createMany({
    data: [
      { sourceKey: 'long ago', at: at(-401 * DAY) },
      { sourceKey: 'lately', at: at(-DAY) },
    ],
  })
  const kept = async () => (await db.media.findMany({ where: { data: { not: null } } })).map(({ name }) => name).sort()

  expect(await forget(db, NOW)).toMatchObject({ files: 1 })
  expect(await kept()).toEqual(['fresh', 'proof'])
  expect(await db.media.findFirst({ where: { name: 'old' } })).toMatchObject({
    state: 'gone',
    reason: '超过 400 天，按保留期限清除了',
  })
  expect(await db.messageRecall.findMany()).toMatchObject([{ sourceKey: 'lately' }])
  await inWork(db, (work) => setRule(work, { name: 'mediaDays', value: 90, by: 'system' }))
  expect(await forget(db, NOW)).toMatchObject({ files: 1 })
  expect(await kept()).toEqual(['proof'])
})
