import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureSpeaker } from '../../domain/group/ensure-speaker.js'
import { keepGroup } from '../../domain/group/keep-group.js'
import { ensureGroup } from '../../domain/group/open-group.js'
import { hearMessage } from '../../domain/message/hear-message.js'
import { newId } from '../../lib/ids.js'
import { type Cast, createCast, organisation } from '../../test/factories/cast.js'
import { type Server, startServer } from '../../test/factories/server.js'
import { inWork } from '../../test/factories/work.js'
import { freshDb } from '../../test/setup/db.js'
import { type FreshRedis, freshRedis } from '../../test/setup/redis.js'

let database: Awaited<ReturnType<typeof freshDb>>
let redis: FreshRedis
let server: Server
let cast: Cast
let groupId: string
const as: Record<string, string> = {}
const group = { platform: 'wecom', organisation, chatId: 'wrGroup' }
const joinedAt = new Date(Date.now() - 3_600_000)
const member = (userid: string, ours: boolean, name: string | null = null) => ({ userid, ours, name, joinedAt, scene: 1 })
const members = [
  member('wanglei', true),
  member('zhaoqiang', true),
  member('wmRenji', false),
  member('wmStranger', false, '吴工'),
]

beforeAll(async () => {
  ;[database, redis] = await Promise.all([freshDb(), freshRedis()])
  server = await startServer({ database: database.url, redis: redis.url })
  cast = await createCast(database.db, new Date())
  for (const userid of ['wanglei', 'chenjing', 'zhaoqiang', 'lina']) as[userid] = await cast.personId(userid)
  groupId = await inWork(
    database.db,
    async (work) => {
      const { id } = await ensureGroup(work, group)
      await keepGroup(work, id, organisation, { name: '供货群', owner: 'wanglei', createdAt: joinedAt, members })
      return id
    },
    new Date(),
  )
})
afterAll(async () => {
  await server?.close()
  await Promise.all([database?.close(), redis?.stop()])
})

const says = (externalUserId: string, text: string) =>
  inWork(
    database.db,
    async (work) => {
      const contactId = await ensureSpeaker(work, { groupId, platform: 'wecom', organisation, externalUserId })
      const chat = { contactId, personId: as.wanglei ?? '', groupId, speaker: 'customer' as const, source: 'archive' as const }
      return (await hearMessage(work, { ...chat, sourceKey: newId(), text, saidAt: new Date(), finding: null })) as string
    },
    new Date(),
  )
const path = () => `/api/groups/${groupId}`
const capture = (userid: string, messageIds: string[], more: object = {}) =>
  server.post('/api/captures', as[userid] ?? '', {
    ...{ contactId: newId(), groupId, messageIds, types: ['其他'], requirementId: null, slots: [], note: null },
    ...more,
  })

it('is there for who sits in it, and not for a colleague who does not', async () => {
  expect((await server.get('/api/groups/by-chat/wrGroup', as.wanglei)).json).toMatchObject({
    name: '供货群',
    customer: null,
    proposed: { name: '仁济骨科医院' },
  })
  for (const there of ['/api/groups/by-chat/wrGroup', `${path()}/story`])
    expect(await server.get(there, as.chenjing)).toMatchObject({ status: 404 })
  const customerId = (await cast.customer('wmRenji')).id
  expect(await server.post(`${path()}/tie`, as.chenjing ?? '', { customerId })).toMatchObject({ status: 404 })
  // Whom one does not see one can’t tie to either.
  const stray = (await cast.customer('wmJinhai')).id
  expect(await server.post(`${path()}/tie`, as.wanglei ?? '', { customerId: stray })).toMatchObject({ status: 404 })
})

it('nothing is captured before it is tied; then it is the customer’s, and says who of them spoke', async () => {
  const messageId = await says('wmStranger', '改走空运')
  expect(await capture('wanglei', [messageId])).toMatchObject({ status: 409, json: { error: { code: 'group-untied' } } })
  const customer = await cast.customer('wmRenji')
  expect((await server.post(`${path()}/tie`, as.wanglei ?? '', { customerId: customer.id })).json).toMatchObject({
    customer: { name: '仁济骨科医院' },
    tiedBy: '王磊',
  })
  const story = (await server.get(`${path()}/story`, as.wanglei)).json
  expect(story).toMatchObject({
    group: { name: '供货群' },
    customer: { id: customer.id },
    messages: [{ name: '吴工', text: '改走空运' }],
  })
  const { status, json } = await capture('wanglei', [messageId], { contactId: story.contact.id })
  expect([status, json.change?.evidence?.[0]?.name]).toEqual([200, '吴工'])
  const requirement = await database.db.requirement.findUniqueOrThrow({ where: { id: json.change.requirementId } })
  expect(requirement.customerId).toBe(customer.id)
})

it('words of another chat are no evidence of the group, and who left it sees no more of it', async () => {
  const other = await cast.says('wmHuaqiang', '别家的话')
  expect(await capture('wanglei', [other])).toMatchObject({ status: 409 })
  const messageId = await says('wmRenji', '对，空运')
  expect((await server.get(`${path()}/story`, as.zhaoqiang)).json.messages.at(-1)).toMatchObject({ name: '刘主任' })
  await database.db.groupMember.updateMany({ where: { groupId, personId: as.zhaoqiang ?? '' }, data: { leftAt: new Date() } })
  expect(await server.get(`${path()}/story`, as.zhaoqiang)).toMatchObject({ status: 404 })
  expect(await capture('chenjing', [messageId])).toMatchObject({ status: 404 })
})
