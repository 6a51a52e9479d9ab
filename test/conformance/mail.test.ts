import { afterEach, beforeEach, expect, it } from 'vitest'
import { createMail } from '../../channels/mail/create-mail.js'
import { drawMail } from '../../channels/mail/draw-mail.js'
import type { Mail } from '../../channels/mail/mail.js'
import { readMail } from '../../lib/sms-mail-config.js'
import { MAIL, startForTest, type TestStandin } from '../../simulator/testing/start.js'

/** nodemailer, through the product's channel, into the stand-in's own mail server. */
let standin: TestStandin
let mail: Mail
beforeEach(async () => {
  standin = await startForTest({ mail: true })
  mail = connect(MAIL.password)
})
afterEach(async () => {
  mail.close()
  await standin.close()
})

function connect(password: string): Mail {
  const url = `smtp://${MAIL.user}:${password}@127.0.0.1:${standin.smtpPort}`
  const { settings } = readMail({ MAIL_URL: url, MAIL_FROM: '不漏 <bulou@yonggu.example>' })
  if (!settings) throw new Error('mail is not configured')
  return createMail(settings, { answerTimeoutMs: 2_000 })
}

const url = 'https://bulou.example.com/h5/today'
const words = drawMail({ title: '3 项客户待办', lines: ['最早 11月23日 09:00 到期'], link: { label: '去查看', url } })
const letter = { ...words, to: 'wanglei@yonggu.example', key: 'say:1' }
const mailbox = async (): Promise<{ subject: string; messageId: string }[]> => (await standin.state()).mails

it('brings a letter to a mailbox as it was drawn', async () => {
  const { messageId } = await mail.send(letter)
  const [got] = await mailbox()
  expect(got).toMatchObject({ userid: 'wanglei', from: 'bulou@yonggu.example', subject: '3 项客户待办', messageId })
  expect(JSON.stringify(got)).toContain('最早 11月23日 09:00 到期')
  expect(JSON.stringify(got)).toContain(url)
})

it('is known again when it is handed in twice', async () => {
  await standin.control('faults', { path: 'smtp', mode: 'drop-after', times: 1 })
  await expect(mail.send(letter)).rejects.toMatchObject({ kind: 'retry', unknownOutcome: true })
  await mail.send(letter)
  const got = await mailbox()
  expect(got).toHaveLength(2)
  expect(got[1]?.messageId).toBe(got[0]?.messageId)
})

it('tells a bounce from «not now» and from a wrong password', async () => {
  await expect(mail.send({ ...letter, to: 'nobody@yonggu.example' })).rejects.toMatchObject({
    kind: 'give-up',
    code: 550,
    hint: expect.stringContaining('退信'),
  })
  await standin.control('faults', { path: 'smtp', mode: 'errcode', errcode: 451, times: 1 })
  await expect(mail.send(letter)).rejects.toMatchObject({ kind: 'retry', code: 451, unknownOutcome: false })
  const stranger = connect('wrong')
  await expect(stranger.send(letter)).rejects.toMatchObject({ kind: 'config', code: 535 })
  stranger.close()
  expect(await mailbox()).toEqual([])
  await mail.send(letter)
  expect(await mailbox()).toHaveLength(1)
})
