import { ChannelError, type ChannelErrorKind } from '../channel-error.js'

/** What nodemailer puts on an error; its words can hold the address and are never kept. */
type Thrown = { code?: unknown; responseCode?: unknown; command?: unknown; response?: unknown; originalCode?: unknown }

const greylistMs = 5 * 60_000

/**
 * `begun`: the letter's bytes had begun to leave. Then only a reply of the server's makes an outcome known.
 * Replies: https://www.rfc-editor.org/rfc/rfc5321#section-4.2
 */
export function sortMailError(error: unknown, begun: boolean): ChannelError {
  const { code, responseCode, command, response, originalCode } = error as Thrown
  const reply = typeof responseCode === 'number' ? responseCode : 0
  const name = typeof code === 'string' ? code : 'smtp'
  if (!begun && (name === 'ETLS' || isCertificate(String(originalCode))))
    return mailError(name, 'config', '与邮件服务器建立不了加密连接，请核对 MAIL_URL 的协议、端口和服务器证书')
  if (reply >= 400) return refusal(reply, String(command ?? ''), String(response ?? ''))
  if (/^E(AUTH|NOAUTH|OAUTH2)$/.test(name)) return mailError(name, 'config', '邮件服务器不接受这个账号，请核对 MAIL_URL')
  if (name === 'EENVELOPE') return mailError(name, 'give-up', '邮箱地址不正确，没有发送')
  const hint = begun ? '邮件服务器没有回应，结果未知' : '连不上邮件服务器，稍后自动重试'
  return mailError(broken(name, originalCode), 'retry', hint, { unknownOutcome: begun })
}

function refusal(reply: number, command: string, response: string): ChannelError {
  const isLogin = command.startsWith('AUTH') || reply === 530 || reply === 535 || reply === 538
  if (isLogin && reply >= 500)
    return mailError(reply, 'config', '邮箱账号或密码不对，请核对 MAIL_URL（多数邮箱要用客户端专用密码或授权码）')
  // 503: the server lost the thread of the session, not of this letter.
  if (reply < 500 || reply === 503) return mailError(reply, 'retry', '邮件服务器暂时不收，稍后自动重试', { delayMs: greylistMs })
  if (/relay/i.test(response)) return mailError(reply, 'config', '邮件服务器不肯代发到别处，请核对 MAIL_URL 的账号')
  if (command === 'MAIL FROM') return mailError(reply, 'config', '邮件服务器不接受这个发件人，请核对 MAIL_FROM')
  if (command !== 'RCPT TO' && command !== 'DATA') return mailError(reply, 'config', '邮件服务器拒绝了连接，请核对 MAIL_URL')
  return mailError(reply, 'give-up', bounces[reply] ?? '退信：对方服务器拒收')
}

const bounces: Record<number, string> = {
  550: '退信：邮箱不存在或拒收',
  551: '退信：邮箱已不在这里',
  552: '退信：收件箱已满',
  553: '退信：邮箱地址不正确',
}

type More = { unknownOutcome?: boolean; delayMs?: number }

function mailError(code: number | string, kind: ChannelErrorKind, hint: string, more: More = {}): ChannelError {
  return new ChannelError({ method: 'smtp', code, kind, hint, ...more })
}

/** The system's own word for what happened says more than the library's. */
function broken(name: string, originalCode: unknown): string {
  return typeof originalCode === 'string' && /^E[A-Z]+$/.test(originalCode) ? originalCode : name
}

const isCertificate = (code: string) => /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ERR_TLS|ERR_SSL/.test(code)
