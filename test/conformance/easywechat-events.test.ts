import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import easywechat from 'node-easywechat'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { AES_KEY, CORP_ID, eventually, SECRET, startForTest, type TestStandin, TOKEN } from '../../simulator/testing/start.js'

/** A third party's server for callbacks stands where the product would: what it makes of the stand-in's events. */
type Heard = Record<string, unknown>
let standin: TestStandin
let server: Server
let heard: Heard[] = []

beforeAll(async () => {
  server = createServer(async (req, res) => {
    // The archive's notices come to an address of their own, with keys of their own.
    if (!req.url?.startsWith('/callback/wecom?')) return void res.end()
    const app = new easywechat.Work({ corp_id: CORP_ID, secret: SECRET, token: TOKEN, aes_key: AES_KEY })
    app.setRequest(await easywechat.ServerRequest.createFromIncomingMessage(req))
    const receiver = app.getServer()
    receiver.with(async (message: unknown) => {
      heard.push((message as { toObject(): Heard }).toObject())
      return ''
    })
    const answer = await receiver.serve()
    res.writeHead(answer.getStatusCode()).end(String(answer.getBody()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  standin = await startForTest({ product: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
})
afterEach(() => {
  heard = []
})
afterAll(async () => {
  await standin.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const next = async () => {
  await eventually(() => expect(heard.length).toBeGreaterThan(0))
  return heard.shift() ?? {}
}

it('reads who came, to whom, from which channel, and the code for a welcome that its client then sends', async () => {
  const { added } = await standin.control('contacts/add', { rep: 'wanglei', name: '钱工', state: 'expo' })
  const { ExternalUserID, WelcomeCode, ...rest } = await next()
  expect(rest).toMatchObject({
    ToUserName: CORP_ID,
    FromUserName: 'sys',
    MsgType: 'event',
    Event: 'change_external_contact',
    ChangeType: 'add_external_contact',
    UserID: 'wanglei',
    State: 'expo',
  })
  expect([ExternalUserID, WelcomeCode]).toEqual([added[0].externalUserId, added[0].welcomeCode])

  const app = new easywechat.Work({
    corp_id: CORP_ID,
    secret: SECRET,
    token: TOKEN,
    aes_key: AES_KEY,
    http: { baseURL: standin.base },
  })
  const kept = new Map<string, unknown>()
  app.setCache({
    get: async (key: string) => kept.get(key) ?? null,
    set: async (key: string, value: unknown) => Boolean(kept.set(key, value)),
    has: async (key: string) => kept.has(key),
    delete: async (key: string) => kept.delete(key),
  } as never)
  const client = app.getClient()
  const welcome = { welcome_code: WelcomeCode, text: { content: '您好，我是王磊' } }
  expect((await client.postJson('/cgi-bin/externalcontact/send_welcome_msg', welcome)).toObject()).toMatchObject({ errcode: 0 })
  const found = (
    await client.get('/cgi-bin/externalcontact/get', { params: { external_userid: ExternalUserID } })
  ).toObject() as Heard
  expect(found).toMatchObject({ external_contact: { name: '钱工' }, follow_user: [{ userid: 'wanglei', state: 'expo' }] })
})

it('reads each of the other events of a customer', async () => {
  const who = { rep: 'wanglei', externalUserId: 'wmHuaqiang' }
  const types = async (path: string, body: object) => {
    await standin.control(path, body)
    return (await next()).ChangeType
  }
  expect(await types('contacts/edit', { ...who, remark: '黄老板' })).toBe('edit_external_contact')
  expect(await types('consent', { externalUserId: 'wmHuaqiang', agreed: true })).toBe('msg_audit_approved')
  expect(await types('contacts/transfer-fail', { ...who, rep: 'chenjing' })).toBe('transfer_fail')
  expect(await types('contacts/remove', { ...who, by: 'customer' })).toBe('del_follow_user')
  expect(await types('contacts/add', { rep: 'chenjing', name: '半', half: true })).toBe('add_half_external_contact')
})

it('reads a change of a group with its members as a list, and a change of a tag', async () => {
  const guests = [
    { externalUserId: 'wmOne', name: '一' },
    { externalUserId: 'wmTwo', name: '二' },
  ]
  await standin.control('groups/members', { chatId: 'wrRenjiSupply', guests })
  expect(await next()).toMatchObject({
    Event: 'change_external_chat',
    ChangeType: 'update',
    ChatId: 'wrRenjiSupply',
    UpdateDetail: 'add_member',
    MemChangeList: { Item: ['wmOne', 'wmTwo'] },
  })
  const { ids } = await standin.control('tags/create', { group: '客户级别', names: ['新客'] })
  expect(await next()).toMatchObject({ Event: 'change_external_tag', ChangeType: 'create', TagType: 'tag', Id: ids[0] })
})
