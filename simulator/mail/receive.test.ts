import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { MAIL, startForTest, type TestStandin } from '../testing/start.js'

let standin: TestStandin
beforeEach(async () => {
  standin = await startForTest({ mail: true })
})
afterEach(() => standin.close())

const post = (more: object = {}, password = MAIL.password) =>
  createTransport({ host: '127.0.0.1', port: standin.smtpPort, auth: { user: MAIL.user, pass: password } }).sendMail({
    from: '不漏 <bulou@yonggu.example>',
    to: 'Lina@yonggu.example',
    subject: '仁济骨科医院的变更待确认',
    text: '请打开企业微信',
    html: '<p>请打开<b>企业微信</b></p>',
    messageId: '<a1@bulou>',
    ...more,
  })
const mails = async () => (await standin.state()).mails

it('puts mail into the box of whom it is for, parsed, and keeps it over a restart', async () => {
  await post()
  await standin.restart()
  expect(await mails()).toMatchObject([
    {
      userid: 'lina',
      from: 'bulou@yonggu.example',
      subject: '仁济骨科医院的变更待确认',
      text: '请打开企业微信',
      html: expect.stringContaining('<b>企业微信</b>'),
      messageId: '<a1@bulou>',
    },
  ])
})

it('knows its own people only, and who may hand in', async () => {
  await expect(post({ to: 'nobody@yonggu.example' })).rejects.toMatchObject({ responseCode: 550 })
  await expect(post({}, 'wrong')).rejects.toMatchObject({ responseCode: 535 })
  expect(await mails()).toEqual([])
})

it('plays trouble on order: busy for a while, and the line cut before and after it was kept', async () => {
  await standin.control('faults', { path: 'smtp', mode: 'errcode', errcode: 451, times: 1 })
  await expect(post()).rejects.toMatchObject({ responseCode: 451 })
  await standin.control('faults', { path: 'smtp', mode: 'drop-before', times: 1 })
  await expect(post()).rejects.toThrow()
  expect(await mails()).toEqual([])
  await standin.control('faults', { path: 'smtp', mode: 'drop-after', times: 1 })
  await expect(post()).rejects.toThrow()
  expect(await mails()).toHaveLength(1)
  await post()
  expect(await mails()).toHaveLength(2)
  const calls = await standin.control('calls?path=smtp')
  expect(calls.map((c: { accepted: boolean }) => c.accepted)).toEqual([false, true, true])
})
