import type { Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { newId } from '../../lib/ids.js'
import type { Deps } from '../deps.js'
import type { Faults } from '../faults.js'
import type { Fact } from '../state/state.js'
import { ownerOfMail } from '../world.js'

export type MailServer = { close(): Promise<void> }

/**
 * A mail server of the organisation's own (RFC 5321): its people have mailboxes, anybody else is 550. Mail that is handed
 * in twice is there twice: SMTP has no key. Trouble is ordered for «smtp»: `errcode` answers that code (451 unless it is
 * one) after DATA, `drop-before` cuts the line at DATA, `drop-after` when the mail is kept and before that is said.
 */
export async function receiveMail(deps: Deps, faults: Faults): Promise<MailServer | null> {
  const { smtp } = deps.settings
  if (!smtp) return null
  const sockets = new Map<number, Socket>()
  const cut = (session: SMTPServerSession) => sockets.get(session.remotePort)?.destroy()

  const server = new SMTPServer({
    name: 'mail.bulou.localhost',
    banner: 'stand-in',
    // No certificate that anybody would trust: nothing to upgrade to on the loopback address.
    disabledCommands: ['STARTTLS'],
    authOptional: !smtp.user,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 200,
    onAuth({ username, password }, _session, done) {
      const good = username === smtp.user && password === smtp.password
      if (good) done(null, { user: username })
      else done(refusal(535, 'Authentication failed'))
    },
    onRcptTo({ address }, _session, done) {
      done(ownerOfMail(deps.world, address) ? null : refusal(550, 'No such mailbox'))
    },
    onData(stream, session, done) {
      void take().catch((error) => done(error))
      async function take() {
        const bytes = await buffer(stream)
        const fault = faults.take('smtp')
        if (fault?.mode === 'drop-before') return void cut(session)
        if (fault?.mode === 'hang') return
        if (fault?.mode === 'slow') await sleep(fault.ms, undefined, { ref: false })
        if (fault?.mode === 'errcode' || fault?.mode === 'http') {
          const code = fault.errcode >= 400 && fault.errcode < 600 ? fault.errcode : 451
          await deps.store.record(described(deps, session, code))
          return done(refusal(code, 'fault on order'))
        }
        await deps.store.record(...(await read(deps, session, bytes)), described(deps, session, 0))
        if (fault?.mode === 'drop-after') return void cut(session)
        done(null, 'accepted')
      }
    },
  })
  server.on('error', (error) => deps.log.debug({ error: error.message }, 'a mail connection broke'))
  server.server.on('connection', (socket) => {
    const port = socket.remotePort ?? 0
    sockets.set(port, socket)
    socket.once('close', () => sockets.delete(port))
  })
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(smtp.port, deps.settings.host, resolve)
  })
  return {
    async close() {
      for (const socket of sockets.values()) socket.destroy()
      await new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

async function read(deps: Deps, session: SMTPServerSession, bytes: Buffer): Promise<Fact[]> {
  const mail = await PostalMime.parse(bytes)
  const sender = session.envelope.mailFrom
  const common = {
    from: mail.from?.address ?? (sender ? sender.address : ''),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    messageId: mail.messageId ?? '',
    at: deps.clock.business(),
  }
  return session.envelope.rcptTo.map(({ address }) => ({ type: 'mail', id: newId(), to: address, ...common }))
}

function described(deps: Deps, { envelope }: SMTPServerSession, code: number): Fact {
  const to = envelope.rcptTo.map(({ address }) => address)
  const refused = code === 0 ? {} : { code: String(code) }
  const outcome = { errcode: code, ...refused, accepted: code === 0, deduplicated: false }
  return { type: 'call', at: deps.clock.machine(), path: 'smtp', body: { to }, ...outcome }
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}
