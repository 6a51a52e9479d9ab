import { hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { MailSettings } from '../../lib/sms-mail-config.js'
import { ChannelError } from '../channel-error.js'
import type { Mail } from './mail.js'
import { sortMailError } from './mail-errors.js'

type Wire = { stream: Readable | null }

const connectTimeoutMs = 10_000
const answerTimeoutMs = 20_000
/** Together below the lease that the outbox gives an honest call. */
const wholeTimeoutMs = 35_000

/** SMTP by RFC 5321, a few connections kept open. */
export function createMail(settings: MailSettings, deps: { answerTimeoutMs?: number } = {}): Mail {
  const transport = createTransport({
    pool: true,
    maxConnections: 3,
    // One: for a kept connection that the server has closed meanwhile. It goes out again only if no byte of it had left.
    maxRequeues: 1,
    host: settings.host,
    port: settings.port,
    secure: settings.implicitTls,
    requireTLS: settings.requireTls,
    ...(settings.user ? { auth: { user: settings.user, pass: settings.password } } : {}),
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: deps.answerTimeoutMs ?? answerTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // Whether the letter's own bytes were asked for is the only honest sign of how far a broken call had come.
  transport.use('stream', (mail, done) => {
    const { wire } = mail.data as SendMailOptions & { wire: Wire }
    const create = mail.message.createReadStream.bind(mail.message)
    mail.message.createReadStream = (options) => {
      const stream = create(options)
      wire.stream = stream
      return stream
    }
    done()
  })

  return {
    async send({ to, subject, text, html, key }) {
      const wire: Wire = { stream: null }
      const messageId = messageIdOf(key, settings.from.address)
      const options = {
        wire,
        messageId,
        from: settings.from,
        to: { name: '', address: oneAddress(to) },
        subject,
        text,
        html,
        // Keeps holiday notices from answering a machine: RFC 3834.
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(wholeTimeoutMs),
      }
      try {
        await transport.sendMail(options)
      } catch (error) {
        throw sortMailError(error, wire.stream?.readableDidRead ?? false)
      }
      return { messageId }
    },
    close() {
      transport.close()
    },
  }
}

function messageIdOf(key: string, from: string): string {
  return `<${hash('sha256', key, 'hex').slice(0, 32)}@${from.slice(from.lastIndexOf('@') + 1)}>`
}

/** One person; a list, a name or a second line would reach somebody else. */
function oneAddress(to: string): string {
  if (to.length <= 254 && /^[^\s\p{C}<>@,;:"()[\]\\]+@[A-Za-z0-9.-]+$/u.test(to)) return to
  throw new ChannelError({ method: 'smtp', code: 'address', kind: 'give-up', hint: '邮箱地址不正确，没有发送' })
}
