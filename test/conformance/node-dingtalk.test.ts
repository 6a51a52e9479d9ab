import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DINGTALK, type DingtalkStandin, startWithDingtalk } from '../../simulator/testing/dingtalk-api.js'

/** What these tests use of a third party's client of the old API: it brings no types. */
type Contact = { userid: string; name: string; mobile: string; follower_user_id: string; label_ids: number[] }
type Client = {
  client: {
    getAccessToken(): Promise<string>
    getJSApiTicket(): Promise<string>
    getJSApiConfig(url: string): Promise<{ corpId: string; timeStamp: number; nonceStr: string; signature: string }>
    get(api: string, data: object): Promise<Record<string, unknown>>
    post(api: string, data: object): Promise<Record<string, unknown>>
  }
  extcontact: {
    listAll(): Promise<Contact[]>
    get(userid: string): Promise<Contact>
    create(contact: Omit<Contact, 'userid'>): Promise<{ userid: string }>
    delete(userid: string): Promise<unknown>
    listlabelgroups(): Promise<{ name: string; labels: { id: number; name: string }[] }[]>
  }
}
const DingTalk = createRequire(import.meta.url)('node-dingtalk') as new (options: object) => Client

let standin: DingtalkStandin
beforeAll(async () => {
  standin = await startWithDingtalk()
})
afterAll(() => standin.close())

const create = (more: object = {}) =>
  new DingTalk({ corpid: DINGTALK.corpId, corpsecret: DINGTALK.clientSecret, host: standin.base, ...more })

/** It asks for its token by `corpid`, as was done before there were applications; what it keeps can be filled from outside. */
async function withToken(): Promise<Client> {
  const token = await standin.dingToken()
  const kept = new Map<string, unknown>()
  const get = (key: string) => (key.startsWith('accessToken_') ? token : kept.get(key))
  return create({ cache: { get, set: (key: string, value: unknown) => kept.set(key, value) } })
}

it('is told what its request for a token lacks', async () => {
  await expect(create().client.getAccessToken()).rejects.toMatchObject({ code: 40035 })
})

it('reads a member, over either method', async () => {
  const { client } = await withToken()
  const linxiao = { errcode: 0, result: { userid: 'linxiao', name: '林晓' } }
  expect(await client.post('topapi/v2/user/get', { userid: 'linxiao' })).toMatchObject(linxiao)
  expect(await client.get('topapi/v2/user/get', { userid: 'linxiao' })).toMatchObject(linxiao)
  await expect(client.post('topapi/v2/user/get', { userid: 'nobody' })).rejects.toMatchObject({ code: 60121 })
})

it('lists, makes, reads and deletes contacts outside', async () => {
  const { extcontact } = await withToken()
  const before = await extcontact.listAll()
  expect(before.length).toBeGreaterThan(0)
  const label = (await extcontact.listlabelgroups())[0]?.labels[0]?.id ?? 0
  const made = { name: '周工', mobile: '13700029998', follower_user_id: 'linxiao', label_ids: [label] }
  const { userid } = await extcontact.create(made)
  expect(await extcontact.get(userid)).toMatchObject({ ...made, userid })
  await extcontact.delete(userid)
  expect(await extcontact.listAll()).toEqual(before)
  await expect(extcontact.get(userid)).rejects.toMatchObject({ code: 33012 })
})

it('gets a ticket and keeps to it', async () => {
  const { client } = await withToken()
  expect(await client.getJSApiTicket()).toBe((await standin.ding('/v1.0/oauth2/jsapiTickets', {})).jsapiTicket)
  expect(await client.getJSApiConfig('http://bulou.localhost/h5/?a=1#/')).toMatchObject({
    corpId: DINGTALK.corpId,
    signature: expect.stringMatching(/^[0-9a-f]{40}$/),
  })
})

it('reads the list of events that never arrived', async () => {
  const { client } = await withToken()
  expect(await client.get('call_back/get_call_back_failed_result', {})).toMatchObject({ errcode: 0, failed_list: [] })
})

it('is refused without a token that is known, in the way of each part of the old API', async () => {
  const { client } = create({ cache: { get: () => 'made-up', set: () => {} } })
  await expect(client.post('topapi/v2/user/get', { userid: 'linxiao' })).rejects.toMatchObject({
    code: 88,
    data: { sub_code: '40014' },
  })
  await expect(client.get('get_jsapi_ticket', {})).rejects.toMatchObject({ code: 40014 })
})
