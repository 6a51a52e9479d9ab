import { afterEach, describe, expect, it } from 'vitest'
import { ChannelError } from '../channel-error.js'
import { createMail } from './create-mail.js'
import { mailSettings, type Reply, serveSmtp } from './fixtures/smtp.js'
import { type Mail, mailState } from './mail.js'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

function mailTo(port: number, answerTimeoutMs?: number): Mail {
  const mail = createMail(mailSettings(port), answerTimeoutMs ? { answerTimeoutMs } : {})
  closers.push(() => mail.close())
  return mail
}

async function serve(replies?: Parameters<typeof serveSmtp>[0], answerTimeoutMs?: number) {
  const server = await serveSmtp(replies)
  closers.push(server.close)
  return { ...server, mail: mailTo(server.port, answerTimeoutMs) }
}

const letter = {
  to: 'wanglei@example.org',
  subject: '3 项客户待办',
  text: '请打开企业微信查看',
  html: '<p>请打开企业微信查看</p>',
  key: 'say:1',
}

async function errorOf(run: Promise<unknown>): Promise<ChannelError> {
  const error = await run.catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ChannelError)
  return error as ChannelError
}

describe('send', () => {
  it('hands a letter to the server, to one person, as a machine’s', async () => {
    const { mail, commands, letters } = await serve()
    const { messageId } = await mail.send(letter)
    expect(commands.filter((line) => /^(MAIL|RCPT)/.test(line))).toEqual([
      expect.stringMatching(/^MAIL FROM:<bulou@example\.com>/),
      'RCPT TO:<wanglei@example.org>',
    ])
    const [head, ...body] = letters[0]?.split('\r\n\r\n') ?? []
    expect(head).toContain(`Message-ID: ${messageId}`)
    expect(head).toMatch(/^Auto-Submitted: auto-generated$/m)
    expect(head).toMatch(/^To: wanglei@example\.org$/m)
    expect(
      Buffer.from(
        body
          .join()
          .replace(/[^A-Za-z0-9+/=]/g, ' ')
          .split(' ')
          .find((part) => part.length > 30) ?? '',
        'base64',
      ).toString(),
    ).toBe('请打开企业微信查看')
  })

  it('gives one key one Message-ID of our own domain, and two keys two', async () => {
    const { mail, letters } = await serve()
    const ids = []
    for (const key of ['say:1', 'say:1', 'say:2']) ids.push((await mail.send({ ...letter, key })).messageId)
    expect(ids[0]).toMatch(/^<[0-9a-f]{32}@example\.com>$/)
    expect(ids[1]).toBe(ids[0])
    expect(ids[2]).not.toBe(ids[0])
    expect(letters).toHaveLength(3)
  })

  it('keeps its connection, and replaces one that the server closed meanwhile', async () => {
    const { mail, commands, sockets, letters } = await serve()
    await mail.send(letter)
    await mail.send({ ...letter, key: 'say:2' })
    expect(commands.filter((line) => line.startsWith('EHLO'))).toHaveLength(1)
    for (const socket of sockets) socket.destroy()
    await mail.send({ ...letter, key: 'say:3' })
    expect(letters).toHaveLength(3)
  })

  it.each([
    ['a list', 'a@b.cn, c@d.cn'],
    ['a name', '王磊 <a@b.cn>'],
    ['a second line', 'a@b.cn\r\nBcc: c@d.cn'],
    ['nothing', ''],
  ])('sends nothing to %s', async (_, to) => {
    const { mail, commands } = await serve()
    expect(await errorOf(mail.send({ ...letter, to }))).toMatchObject({ kind: 'give-up', code: 'address', unknownOutcome: false })
    expect(commands).toEqual([])
  })

  it('asks for an administrator where the port speaks no TLS', async () => {
    const { port, commands } = await serve()
    const mail = createMail(mailSettings(port, { implicitTls: true }))
    closers.push(() => mail.close())
    expect(await errorOf(mail.send(letter))).toMatchObject({
      kind: 'config',
      unknownOutcome: false,
      hint: expect.stringMatching(/加密/),
    })
    expect(commands.filter((line) => /^(AUTH|MAIL)/.test(line))).toEqual([])
  })

  it('sends no password where TLS is wanted and the server has none', async () => {
    const { port, commands } = await serve()
    const mail = createMail(mailSettings(port, { requireTls: true }))
    closers.push(() => mail.close())
    const error = await errorOf(mail.send(letter))
    expect(error).toMatchObject({ kind: 'config', code: 'ETLS', unknownOutcome: false })
    expect(error.hint).toMatch(/加密/)
    expect(commands.filter((line) => /^(AUTH|MAIL)/.test(line))).toEqual([])
  })
})

describe('a no of the server’s', () => {
  const to = 'wanglei@example.org'
  it.each([
    ['RCPT', `550 5.1.1 <${to}>: no such user`, 'give-up', /退信/],
    ['RCPT', `552 5.2.2 <${to}> mailbox full`, 'give-up', /退信：收件箱已满/],
    ['.', `554 5.7.1 <${to}> looks like spam`, 'give-up', /退信/],
    ['RCPT', `450 4.2.0 <${to}> greylisted`, 'retry', /暂时/],
    ['.', '452 4.3.1 no space', 'retry', /暂时/],
    ['MAIL', '421 4.3.2 going down', 'retry', /暂时/],
    ['MAIL', '501 mail from address must be same as authorization user', 'config', /MAIL_FROM/],
    ['RCPT', `554 5.7.1 <${to}>: Relay access denied`, 'config', /MAIL_URL/],
    ['AUTH', '535 5.7.8 bulou@example.com is not allowed', 'config', /授权码/],
    ['AUTH', '454 4.7.0 temporary', 'retry', /暂时/],
    ['connect', '554 5.7.1 your address is blocked', 'config', /MAIL_URL/],
  ] as const)('after %s «%s»: %s', async (verb, reply, kind, hint) => {
    const { mail, letters } = await serve({ [verb]: [reply] })
    const error = await errorOf(mail.send(letter))
    expect(error).toMatchObject({ method: 'smtp', code: Number(reply.slice(0, 3)), kind, unknownOutcome: false })
    expect(error.hint).toMatch(hint)
    expect([error.message, error.stack, String(error.cause)].join()).not.toMatch(/wanglei|bulou@|sEcReT|spam/)
    expect(letters.length).toBeLessThanOrEqual(1)
  })
})

describe('no answer', () => {
  const cut: Reply = (socket) => socket.destroy()
  const hang: Reply = () => {}

  it.each([
    ['cut', cut],
    ['silent', hang],
  ])('after the whole letter left (%s): unknown, and not sent again by us', async (_, reply) => {
    const { mail, letters } = await serve({ '.': [reply] }, 300)
    expect(await errorOf(mail.send(letter))).toMatchObject({ kind: 'retry', unknownOutcome: true })
    expect(letters).toHaveLength(1)
  })

  it.each([
    ['MAIL', cut],
    ['DATA', cut],
    ['RCPT', hang],
    ['EHLO', cut],
    ['connect', cut],
  ] as const)('before the letter left (%s): nothing was sent', async (verb, reply) => {
    const { mail, letters } = await serve({ [verb]: [reply] }, 300)
    expect(await errorOf(mail.send(letter))).toMatchObject({ kind: 'retry', unknownOutcome: false })
    expect(letters).toHaveLength(0)
  })

  it('when nobody listens: nothing was sent', async () => {
    const { port, close } = await serveSmtp()
    await close()
    expect(await errorOf(mailTo(port).send(letter))).toMatchObject({ kind: 'retry', code: 'ECONNREFUSED', unknownOutcome: false })
  })

  it('on a kept connection too, cut in the middle of a later letter', async () => {
    const { mail, letters } = await serve({ '.': ['250 queued', cut, '250 queued'] })
    await mail.send(letter)
    expect(await errorOf(mail.send({ ...letter, key: 'say:2' }))).toMatchObject({ unknownOutcome: true })
    expect(letters).toHaveLength(2)
    await mail.send({ ...letter, key: 'say:3' })
    expect(letters).toHaveLength(3)
  })
})

describe('mailState', () => {
  it('is on, or off and says why, and shows no setting', () => {
    expect(mailState({ settings: mailSettings(25), why: null })).toEqual({ on: true })
    expect(mailState({ settings: null, why: '没有配置邮件' })).toEqual({ on: false, why: '没有配置邮件' })
  })
})
