import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getJsApiSignature } from '@wecom/crypto'
import easywechat from 'node-easywechat'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AES_KEY, AGENT_ID, CORP_ID, SECRET, startForTest, type TestStandin, TOKEN } from '../../simulator/testing/start.js'

/** A third party's client for WeCom, unchanged but for the address. */
let standin: TestStandin
beforeAll(async () => {
  standin = await startForTest()
})
afterAll(() => standin.close())

function createApp() {
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
  return app
}

it('gets a token and sends a message', async () => {
  const app = createApp()
  expect(await app.getAccessToken().getToken()).toBe(await standin.token())
  const body = { touser: 'wanglei', msgtype: 'text', agentid: AGENT_ID, text: { content: '早' } }
  const answer = (await app.getClient().postJson('/cgi-bin/message/send', body)).toObject()
  expect(answer).toMatchObject({ errcode: 0, errmsg: 'ok' })
  expect((await standin.state()).texts).toMatchObject([{ userid: 'wanglei', text: '早', from: 'app' }])
})

it('gets both tickets, and they differ', async () => {
  const tickets = createApp().getTicket()
  const [corp, agent] = [await tickets.getTicket(), await tickets.getAgentTicket(AGENT_ID)]
  expect([corp, agent]).toEqual([expect.any(String), expect.any(String)])
  expect(corp).not.toBe(agent)
})

it('uploads a file as its HTTP library forms it, and the bytes are the ones that it sent', async () => {
  const bytes = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), randomBytes(4_000)])
  const path = join(await mkdtemp(join(tmpdir(), 'picture-')), 'poster.png')
  await writeFile(path, bytes)
  const client = createApp().getClient()
  const answer = (await client.withFile(path, 'media').post('/cgi-bin/media/upload', { params: { type: 'image' } })).toObject()
  expect(answer).toMatchObject({ errcode: 0, type: 'image', media_id: expect.any(String) })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  expect(await standin.control('media')).toMatchObject([{ id: answer.media_id, name: 'poster.png', sha256 }])
})

it('takes a message back', async () => {
  const client = createApp().getClient()
  const body = { touser: 'chenjing', msgtype: 'text', agentid: AGENT_ID, text: { content: '发错了' } }
  const { msgid } = (await client.postJson('/cgi-bin/message/send', body)).toObject()
  expect((await client.postJson('/cgi-bin/message/recall', { msgid })).toObject()).toMatchObject({ errcode: 0 })
  const texts: { userid: string }[] = (await standin.state()).texts
  expect(texts.filter(({ userid }) => userid === 'chenjing')).toEqual([])
})

const page = () => `http://${standin.hostOf('wanglei')}/h5/`
async function agentConfig({
  nonceStr,
  timestamp,
  signature,
}: {
  nonceStr: string
  timestamp: number | string
  signature: string
}) {
  const params = {
    corpid: CORP_ID,
    agentid: `${AGENT_ID}`,
    nonceStr,
    timestamp: `${timestamp}`,
    signature,
    jsApiList: ['getContext'],
  }
  const body = { name: 'agentConfig', params, url: page() }
  return JSON.parse((await standin.ask('/__device/invoke', { host: standin.hostOf('wanglei'), body })).text).result
}

it('is refused with its agentConfig signature, which it makes with the wrong ticket', async () => {
  const signed = await createApp().getTicket().createAgentConfigSignature(AGENT_ID, page())
  expect(await agentConfig(signed as never)).toEqual({ err_msg: 'agentConfig:fail', err_code: 40093 })
})

it('is accepted when the ticket that it fetches for the application is signed with', async () => {
  const ticket = await createApp().getTicket().getAgentTicket(AGENT_ID)
  expect(await agentConfig(getJsApiSignature({ url: page(), ticket }))).toEqual({ err_msg: 'agentConfig:ok' })
})
