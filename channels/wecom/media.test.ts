import { hash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AGENT_ID, CORP_ID, SECRET, startForTest, type TestStandin } from '../../simulator/testing/start.js'
import { clientOf, goodToken, serveQyapi } from './fixtures/qyapi.js'
import { uploadPicture } from './media.js'
import { sendWelcome } from './welcome.js'

let standin: TestStandin
beforeAll(async () => {
  standin = await startForTest({ realTime: true })
})
afterAll(() => standin.close())
const client = () => clientOf(standin.base, undefined, { corpId: CORP_ID, secret: SECRET }).wecom

/** With all that could be taken for the end of a form. */
const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a', 'hex'),
  Buffer.from('\r\n------bulou--\r\n\r\n'),
  Buffer.alloc(999, 7),
])

it('a picture arrives byte for byte, after a stale token too, and a welcome shows it', async () => {
  const wecom = client()
  await wecom.call('GET', 'agent/get', { agentid: AGENT_ID })
  await standin.control('revoke-token', {})
  const id = await uploadPicture(wecom, { data: PNG, type: 'image/png' }, 5_000)
  expect(await standin.control('media')).toMatchObject([
    { id, name: 'picture.png', size: PNG.length, sha256: hash('sha256', PNG, 'hex') },
  ])
  const { added } = await standin.control('contacts/add', { rep: 'wanglei', name: '新人' })
  await sendWelcome(wecom, added[0].welcomeCode, { text: '您好', mediaId: id })
  const { chats } = await standin.state()
  const chat = chats.find((one: { externalUserId: string }) => one.externalUserId === added[0].externalUserId)
  expect(chat.messages.map((message: { text: string }) => message.text)).toEqual(['您好', '[图片]'])
})

it('a no and a silence are said like those of any other call', async () => {
  await expect(
    uploadPicture(client(), { data: Buffer.from('words, no picture'), type: 'image/png' }, 5_000),
  ).rejects.toMatchObject({ kind: 'give-up', code: 40005 })
  const api = await serveQyapi({ gettoken: [goodToken()], 'media/upload': [() => {}] })
  const silent = uploadPicture(clientOf(api.base).wecom, { data: PNG, type: 'image/png' }, 50)
  await expect(silent).rejects.toMatchObject({ kind: 'retry', code: 'timeout', unknownOutcome: true })
  await api.close()
})
