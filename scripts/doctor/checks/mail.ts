import { createTransport } from 'nodemailer'
import { readMail } from '../../../lib/sms-mail-config.js'
import { broken, type Check, ok } from '../check.js'

const check: Check = {
  name: 'mail',
  title: '邮件',
  async run({ env, get, timeoutMs }) {
    const { settings, why } = readMail(env)
    if (!settings)
      return get('MAIL_URL') || get('MAIL_FROM')
        ? broken(`${why}，邮件现在关着`, '改好 MAIL_URL 和 MAIL_FROM，或两行都删掉')
        : ok('没有启用（可选）')
    const transport = createTransport({
      host: settings.host,
      port: settings.port,
      secure: settings.implicitTls,
      requireTLS: settings.requireTls,
      ...(settings.user ? { auth: { user: settings.user, pass: settings.password } } : {}),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
    })
    try {
      // Connects, says hello and logs in; sends nothing.
      await transport.verify()
      return ok(`${settings.host} 登录成功（没有试发）`)
    } catch (error) {
      const { code = '', responseCode = 0 } = error as { code?: string; responseCode?: number }
      if (code === 'EAUTH')
        return broken(`${settings.host} 不认账号或密码`, '改好 MAIL_URL；很多邮箱要用「客户端专用密码」，不是登录密码')
      if (code === 'ETLS' || /CERT|SELF_SIGNED/.test(code))
        return broken(`${settings.host} 没法加密连接（${code}）`, '465 端口用 smtps://，587 端口用 smtp://')
      if (code === 'EDNS' || code === 'ENOTFOUND')
        return broken(`邮件服务器 ${settings.host} 解析不了`, '核对 MAIL_URL 里的主机名')
      return broken(
        `连不上邮件服务器 ${settings.host}（${code || responseCode || '没有回应'}）`,
        '核对 MAIL_URL 的主机和端口，看看防火墙',
      )
    } finally {
      transport.close()
    }
  },
}
export default check
